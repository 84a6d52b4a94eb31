(() => {
  "use strict";
  const parts = (id) => [document.getElementById(id), ...document.querySelectorAll(`.box[data-of="${CSS.escape(id)}"]`)].filter(Boolean);
  const idOf = (target) => {
    const box = target.closest(".box");
    if (box) return box.dataset.of;
    const linked = target.closest(".linked");
    return linked ? linked.id : null;
  };
  let lit = [];
  const light = (id) => {
    for (const one of lit) one.classList.remove("on");
    lit = id ? parts(id) : [];
    for (const one of lit) one.classList.add("on");
  };
  // Only the pane moves: scrollIntoView would move the window under the reader's pointer, too.
  const show = (element) => {
    const pane = element.closest(".pages, .read");
    const place = element.getBoundingClientRect(), frame = pane.getBoundingClientRect();
    if (pane.scrollHeight > pane.clientHeight) {
      pane.scrollBy({ top: place.top - frame.top - frame.height / 3, behavior: "smooth" });
    } else {
      element.scrollIntoView({ block: "center", behavior: "smooth" });
    }
  };
  document.addEventListener("mouseover", (event) => light(idOf(event.target)));
  document.addEventListener("click", (event) => {
    const id = idOf(event.target);
    if (!id) return;
    light(id);
    const other = event.target.closest(".box") ? document.getElementById(id) : document.querySelector(`.box[data-of="${CSS.escape(id)}"]`);
    if (!other) return;
    const folded = other.closest("details");
    if (folded) folded.open = true;
    show(other);
  });
})();
