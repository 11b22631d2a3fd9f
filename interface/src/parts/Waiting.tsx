/** What stands where an answer is being worked out, or could not be. */

import type { ComponentChildren } from "preact";
import type { Told } from "../structure";
import { plain } from "./Said";

export function Waiting<Answer>({ told, children }: { told: Told<Answer>; children: (answer: Answer) => ComponentChildren }) {
  if (told.state === "waiting") return <p aria-busy="true">Working it out …</p>;
  if (told.state === "failed") return <p role="note" class="none">{plain(told.why)}</p>;
  return <>{children(told.answer)}</>;
}

export function Notes({ notes }: { notes: string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul class="note">
      {notes.map((note) => (
        <li key={note}>{plain(note)}</li>
      ))}
    </ul>
  );
}
