import { render } from "preact";
import { adoptToken } from "./api/client.ts";
import { App } from "./app.tsx";
import "./style/base.css";
import "./style/controls.css";
import "./style/layout.css";
import "./style/views.css";

const root = document.getElementById("studio");
if (root) {
  const fragment = adoptToken(location.hash);
  root.replaceChildren();
  render(<App fragment={fragment} />, root);
}
