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

export interface View {
  title: string;
  /** What the reader finds there, in a line. */
  about: string;
  component: ComponentType<{ id: string }>;
  /** Pages for one record are reached from others, not from the menu. */
  hidden?: boolean;
  /** Needs a live ledger. */
  live?: boolean;
}

export const VIEWS: Record<string, View> = {
  story: { title: "Story", about: "What the ledger holds, what is contested, what changed", component: Story },
  timeline: { title: "Timeline", about: "Incidents in time, pair by pair", component: Timeline },
  map: { title: "Map", about: "How one state and others deal with each other, over the world", component: Map },
  network: { title: "Network", about: "Who deals with whom, layer by layer", component: Network },
  incidents: { title: "Incidents", about: "Happenings, with their independent sources", component: Incidents },
  claims: { title: "Claims", about: "Who said that whom did what to whom", component: Claims },
  articles: { title: "Articles", about: "The texts, with their claims marked in them", component: Articles },
  sources: { title: "Sources", about: "Who speaks, through whom, and who bears them out", component: Sources },
  relations: { title: "Relations", about: "How two deal with each other, and when it turned", component: Relations },
  arms: { title: "Arms", about: "Who arms whom, by the text and by a register", component: Arms },
  complexes: { title: "Complexes", about: "Who belongs together in security", component: Complexes },
  alignment: { title: "Alignment", about: "Where a state stands between poles", component: Alignment },
  outlook: { title: "Outlook", about: "What to expect between two states", component: Outlook },
  review: { title: "Review", about: "Decide on claims that are uncertain or contested", component: Review, live: true },
};
