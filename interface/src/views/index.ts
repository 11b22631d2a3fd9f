/** Every view by its name in the address. To add one, write a component and name it here. */

import type { ComponentType } from "preact";
import { Alignment } from "./Alignment";
import { Arms } from "./Arms";
import { Articles } from "./Articles";
import { Claims } from "./Claims";
import { Complexes } from "./Complexes";
import { Incidents } from "./Incidents";
import { Map } from "./Map";
import { Network } from "./Network";
import { Outlook } from "./Outlook";
import { Relations } from "./Relations";
import { Review } from "./Review";
import { Sources } from "./Sources";
import { Story } from "./Story";
import { Timeline } from "./Timeline";

/** What one does there: read what was told, ask for structure, work on the ledger. */
export const GROUPS = ["reading", "structure", "desk"] as const;

export interface View {
  title: string;
  /** What the reader finds there, in a line. */
  about: string;
  component: ComponentType<{ id: string }>;
  group: (typeof GROUPS)[number];
  /** Needs a live ledger. */
  live?: boolean;
}

export const VIEWS: Record<string, View> = {
  story: { title: "Story", group: "reading", about: "What the ledger holds, what is contested, what changed", component: Story },
  timeline: { title: "Timeline", group: "reading", about: "Incidents in time, pair by pair", component: Timeline },
  map: { title: "Map", group: "reading", about: "How one state and others deal with each other, over the world", component: Map },
  network: { title: "Network", group: "reading", about: "Who deals with whom, layer by layer", component: Network },
  incidents: { title: "Incidents", group: "reading", about: "Happenings, with their independent sources", component: Incidents },
  claims: { title: "Claims", group: "reading", about: "Who said that whom did what to whom", component: Claims },
  articles: { title: "Articles", group: "reading", about: "The texts, with their claims marked in them", component: Articles },
  sources: { title: "Sources", group: "reading", about: "Who speaks, through whom, and who bears them out", component: Sources },
  relations: { title: "Relations", group: "structure", about: "How two deal with each other, and when it turned", component: Relations },
  arms: { title: "Arms", group: "structure", about: "Who arms whom, by the text and by a register", component: Arms },
  complexes: { title: "Complexes", group: "structure", about: "Who belongs together in security", component: Complexes },
  alignment: { title: "Alignment", group: "structure", about: "Where a state stands between poles", component: Alignment },
  outlook: { title: "Outlook", group: "structure", about: "What to expect between two states", component: Outlook },
  review: { title: "Review", group: "desk", about: "Decide on claims that are uncertain or contested", component: Review, live: true },
};
