// placeholder until the views land
export function view(box, of, locator, quote) { box.textContent = quote; }
