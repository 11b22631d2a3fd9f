/** The attribution chain of a claim as nested voices: the outermost speaks, each inner one is quoted by it. */

import { articles } from "../data";
import type { Claim } from "../model";
import { name } from "../names";
import { Said } from "./Said";
import "./Voices.css";

export function Voices({ claim }: { claim: Claim }) {
  const article = articles.value.get(claim.article);
  const author = article?.author ?? article?.publisher ?? "the author";
  const voices = claim.attribution.map((voice) => ({ text: voice.name ?? voice.text, country: voice.country, sector: voice.sector }));
  return <Voice voices={[{ text: author, country: null, sector: null }, ...voices]} quote={claim.quote} depth={0} />;
}

interface Speaker {
  text: string;
  country: string | null;
  sector: string | null;
}

function Voice({ voices, quote, depth }: { voices: Speaker[]; quote: string; depth: number }) {
  const [first, ...rest] = voices;
  if (!first)
    return (
      <q class="quoted">
        <Said text={quote} />
      </q>
    );
  const origin = [first.country && name(first.country), first.sector].filter(Boolean).join(", ");
  return (
    <div class="voice">
      <span class="speaker">
        <Said text={first.text} />
        {origin && <small> ({origin})</small>}
        {rest.length > 0 ? " quotes" : depth === 0 ? " says in their own voice" : ":"}
      </span>
      <Voice voices={rest} quote={quote} depth={depth + 1} />
    </div>
  );
}
