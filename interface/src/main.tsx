import { render } from "preact";
import { App } from "./App";
import { index, store } from "./data";
import { open } from "./store";
import "./style.css";

const place = document.getElementById("app")!;

try {
  const opened = await open();
  store.value = opened;
  index.value = await opened.index();
  document.title = `${index.value.about.title} · amity`;
  render(<App />, place);
} catch (error) {
  render(<p role="alert">This page cannot be shown: {(error as Error).message}</p>, place);
}
