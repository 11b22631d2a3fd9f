/** Every view by its name in the address. To add one, write a component and name it here. */

import type { ComponentType } from "preact";
import { Articles } from "./Articles";
import { Claims } from "./Claims";
import { Incidents } from "./Incidents";
import { Story } from "./Story";

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
  incidents: { title: "Incidents", about: "Happenings, with their independent sources", component: Incidents },
  claims: { title: "Claims", about: "Who said that whom did what to whom", component: Claims },
  articles: { title: "Articles", about: "The texts, with their claims marked in them", component: Articles },
};
