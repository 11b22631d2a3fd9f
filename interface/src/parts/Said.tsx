/** Words from outside. They are text, never markup; each piece keeps its own direction of writing. */

// Characters that move the cursor, turn the direction of writing or cannot be seen; marks of one letter stay.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Text without characters that deceive the eye. */
export const plain = (text: string): string => text.replace(UNSEEN, "\u00b7");

export function Said({ text, lang }: { text: string; lang?: string | null }) {
  return (
    <bdi class="said" lang={lang ?? undefined}>
      {plain(text)}
    </bdi>
  );
}
