/** The frame around every view: where one can go, what is filtered, how to cite. */

import { index, store } from "./data";
import { Cite } from "./parts/Cite";
import { FilterBar } from "./parts/FilterBar";
import { plain } from "./parts/Said";
import { link, place } from "./state";
import { GROUPS, VIEWS } from "./views";

export function App() {
  const about = index.value!.about;
  const view = VIEWS[place.value.view];
  return (
    <>
      <a class="skip" href="#main" onClick={toMain}>
        Skip to the content
      </a>
      <header>
        <h1>
          <a href={link("story")}>{plain(about.title)}</a>
        </h1>
        <nav aria-label="Views">
          {GROUPS.map((group) => (
            <Group key={group} group={group} />
          ))}
        </nav>
      </header>
      <FilterBar />
      <main id="main" tabIndex={-1}>
        {view ? (
          <>
            <h2>{view.title}</h2>
            <view.component id={place.value.id} />
          </>
        ) : (
          <p role="alert">There is no view called “{plain(place.value.view)}”.</p>
        )}
      </main>
      <Cite view={view?.title ?? place.value.view} />
    </>
  );
}

function Group({ group }: { group: (typeof GROUPS)[number] }) {
  const views = Object.entries(VIEWS).filter(([, one]) => one.group === group && (!one.live || store.value?.live));
  if (views.length === 0) return null;
  return (
    <ul aria-label={group}>
      {views.map(([key, one]) => (
        <li key={key}>
          <a href={link(key)} aria-current={place.value.view === key ? "page" : undefined} title={one.about}>
            {one.title}
          </a>
        </li>
      ))}
    </ul>
  );
}

function toMain(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
