// One explorer in the browser: the picture, its words, its controls.
// Python sends frames (picture, alt text, words and values in one message); the browser sends what the hand did.

const REST = 160; // ms without a move, after which a fine frame is asked for
const SAY = 700; // ms without new words, after which a screen reader is told them

function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// JupyterLab takes arrow keys for itself, to move to another cell, unless the focused element itself refuses.
const KEEPS_KEYS = { "data-lm-suppress-shortcuts": "true" };

// Sends what is wished only when the frame that answers the last message is back. Until then later wishes are laid
// over earlier ones: a burst of moves becomes its last, and a Reset among them is not lost.
function courier(model) {
  const mark = Math.random().toString(36).slice(2);
  let count = 0;
  let awaited = null;
  let wish = null;
  let rest = null;

  function send(message) {
    clearTimeout(rest);
    awaited = { ...message, request: `${mark}-${++count}` };
    wish = null;
    model.send(awaited);
  }
  function want(message) {
    wish = message;
    if (awaited === null) send(wish);
  }
  return {
    slide: (key, value) => want({ ...wish, sliders: { ...wish?.sliders, [key]: value } }),
    point: (place, keys) => {
      const others = Object.entries(wish?.sliders ?? {}).filter(([key]) => !keys.includes(key));
      want({ ...wish, place, sliders: Object.fromEntries(others) });
    },
    reset: () => want({ reset: true }),
    isMoving: (key) => key in (wish?.sliders ?? {}) || Boolean(wish?.reset),
    answered(request) {
      if (awaited === null || awaited.request !== request) return;
      const coarse = !awaited.fine;
      awaited = null;
      if (wish !== null) send(wish);
      else if (coarse) rest = setTimeout(() => send({ fine: true }), REST);
    },
    stop: () => clearTimeout(rest),
  };
}

function slider(outline, post) {
  const id = `nabla-${Math.random().toString(36).slice(2)}`;
  const input = element("input", { type: "range", id, ...KEEPS_KEYS });
  Object.assign(input, { min: outline.low, max: outline.high, step: outline.step });
  // Not an <output>: that would be announced at every step. The slider says its own value.
  const value = element("span", { className: "nabla-value", "aria-hidden": "true" });
  input.addEventListener("input", () => post.slide(outline.key, input.valueAsNumber));
  const row = element("div", { className: "nabla-slider" });
  row.append(element("label", { htmlFor: id, textContent: outline.label }), input, value);
  return {
    row,
    input,
    key: outline.key,
    start: outline.start,
    show(number, text) {
      value.textContent = text;
      input.setAttribute("aria-valuetext", text);
      if (!post.isMoving(outline.key)) input.value = number;
    },
  };
}

function makeDraggable(picture, image, pair, post) {
  const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [1, 1], ArrowDown: [1, -1] };
  picture.addEventListener("keydown", (event) => {
    if (!(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const [axis, sign] = steps[event.key];
    const { input, key } = pair[axis];
    input.stepUp(sign * (event.shiftKey ? 10 : 1));
    post.slide(key, input.valueAsNumber);
  });
  const follow = (event) => {
    const box = image.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return;
    const place = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    post.point(place, pair.map((each) => each.key));
  };
  picture.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault(); // no image is dragged away, no text selected
    picture.focus({ preventScroll: true });
    picture.setPointerCapture(event.pointerId);
    picture.classList.add("nabla-held");
    follow(event);
  });
  picture.addEventListener("pointermove", (event) => {
    if (picture.hasPointerCapture(event.pointerId)) follow(event);
  });
  const release = () => picture.classList.remove("nabla-held");
  picture.addEventListener("pointerup", release);
  picture.addEventListener("pointercancel", release);
}

function render({ model, el }) {
  const outline = model.get("outline");
  const post = courier(model);
  const sliders = outline.groups.flatMap((group) => group.sliders.map((each) => slider(each, post)));
  const row = (key) => sliders.find((each) => each.key === key);

  const image = element("img", { alt: "", draggable: false, width: 640, height: outline.height });
  const failure = element("p", { className: "nabla-failure", hidden: true });
  const picture = element("div", { className: "nabla-picture" }, image, failure);
  // The words that are seen change at once. Those that are spoken wait until the hand rests; the same words are
  // also the image's alt text, so the seen ones are hidden from a screen reader, which would read them twice.
  const words = element("figcaption", { className: "nabla-words", "aria-hidden": "true" });
  const spoken = element("p", { className: "nabla-spoken", role: "status", "aria-live": "polite" });

  const controls = element("div", { className: "nabla-controls" });
  for (const group of outline.groups) {
    const rows = group.sliders.map((each) => row(each.key).row);
    if (rows.length === 1) controls.append(...rows);
    else controls.append(element("fieldset", {}, element("legend", { textContent: group.label }), ...rows));
  }
  const reset = element("button", { type: "button", textContent: "Reset", ...KEEPS_KEYS });
  reset.addEventListener("click", () => {
    for (const each of sliders) each.input.value = each.start; // so that a key pressed next counts from there
    post.reset();
  });
  const hint = element("p", { className: "nabla-hint" });
  controls.append(element("div", { className: "nabla-last" }, reset, hint));

  const root = element("div", { className: "nabla-explorer" });
  root.append(element("figure", {}, picture, words), controls, spoken);

  if (outline.drag) {
    const pair = outline.drag.map(row);
    const step = pair[0].input.step;
    hint.textContent = `Drag on the picture or use arrow keys on it: steps of ${step}, ten with Shift.`;
    picture.classList.add("nabla-draggable");
    picture.tabIndex = 0;
    const name = "Picture: the arrow keys move the point";
    for (const [key, text] of Object.entries({ role: "group", "aria-label": name, ...KEEPS_KEYS })) {
      picture.setAttribute(key, text);
    }
    makeDraggable(picture, image, pair, post);
  }

  let url = null;
  let say = null;
  function show() {
    const frame = model.get("frame");
    for (const each of sliders) each.show(frame.values[each.key], frame.texts[each.key]);
    image.hidden = frame.error;
    failure.hidden = !frame.error;
    failure.textContent = frame.error ? frame.words : "";
    words.textContent = frame.error ? "" : frame.words;
    image.alt = frame.alt;
    if (!frame.error) {
      const old = url;
      url = URL.createObjectURL(new Blob([frame.png], { type: "image/png" }));
      image.src = url;
      if (old) URL.revokeObjectURL(old);
    }
    clearTimeout(say);
    if (root.isConnected && spoken.textContent !== frame.words) {
      say = setTimeout(() => (spoken.textContent = frame.words), SAY);
    }
    post.answered(frame.answers);
  }

  model.on("change:frame", show);
  show();
  el.append(root);
  return () => {
    model.off("change:frame", show);
    post.stop();
    clearTimeout(say);
    if (url) URL.revokeObjectURL(url);
  };
}

export default { render };
