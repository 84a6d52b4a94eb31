// A document as a page of its own.

import { view } from "./view.js";

const box = document.getElementById("view");
const { id, title, at, quote } = box.dataset;

view(box, { id, title }, at ? JSON.parse(at) : null, quote);
