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

const unique = () => `nabla-${Math.random().toString(36).slice(2)}`;

// For browsers from before 2025.
function inBase64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

// A PNG as an address. Of an address that holds its data the picture is there at once; a blob's is fetched, which
// takes longer than all else that happens in the browser (measured: 18 ms to changed pixels, not 7).
function address(png) {
  const bytes = new Uint8Array(png.buffer, png.byteOffset, png.byteLength);
  return `data:image/png;base64,${bytes.toBase64?.() ?? inBase64(bytes)}`;
}

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
    change: (key, value) => want({ ...wish, inputs: { ...wish?.inputs, [key]: value } }),
    // A place in the picture, and how far the hand has come since the last place that was sent.
    point: (place, by, keys) => {
      const others = Object.entries(wish?.inputs ?? {}).filter(([key]) => !keys.includes(key));
      const come = by.map((each, i) => each + (wish?.place?.[2 + i] ?? 0));
      want({ ...wish, place: [...place, ...come], inputs: Object.fromEntries(others) });
    },
    reset: () => want({ reset: true }),
    isMoving: (key) => key in (wish?.inputs ?? {}) || Boolean(wish?.reset),
    isFree: () => awaited === null || Boolean(awaited.fine),
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

// Each kind of input has a `row` to be shown, `write` for its number and `tell` for the text beside it.

function slider(outline, post) {
  const id = unique();
  const input = element("input", { type: "range", id, ...KEEPS_KEYS });
  Object.assign(input, { min: outline.low, max: outline.high, step: outline.step });
  // Not an <output>: that would be announced at every step. The slider says its own value.
  const value = element("span", { className: "nabla-value", "aria-hidden": "true" });
  input.addEventListener("input", () => post.change(outline.key, input.valueAsNumber));
  const row = element("div", { className: "nabla-slider" });
  row.append(element("label", { htmlFor: id, textContent: outline.label }), input, value);
  return {
    ...outline,
    row,
    input,
    write: (number) => (input.value = number),
    tell(text) {
      value.textContent = text;
      input.setAttribute("aria-valuetext", text);
    },
    move(steps) {
      input.stepUp(steps);
      post.change(outline.key, input.valueAsNumber);
    },
    isAtEnd: () => input.valueAsNumber >= Number(input.max),
  };
}

function choice(outline, post) {
  const name = unique();
  const radios = outline.options.map(() => element("input", { type: "radio", name, ...KEEPS_KEYS }));
  const labels = outline.options.map((option, i) => element("label", {}, radios[i], option));
  radios.forEach((radio, i) => radio.addEventListener("change", () => post.change(outline.key, i)));
  const row = element("fieldset", { className: "nabla-choice" });
  row.append(element("legend", { textContent: outline.label }), ...labels);
  return { ...outline, row, tell() {}, write: (number) => (radios[number].checked = true) };
}

function toggle(outline, post) {
  const input = element("input", { type: "checkbox", ...KEEPS_KEYS });
  input.addEventListener("change", () => post.change(outline.key, Number(input.checked)));
  const row = element("label", { className: "nabla-toggle" }, input, outline.label);
  return { ...outline, row, tell() {}, write: (number) => (input.checked = number > 0) };
}

const KINDS = { slider, choice, toggle };

// Step moves a slider on by one; Play does so to its end, by the browser's clock, and never faster than frames come.
function walker({ pace }, steps, post) {
  const step = element("button", { type: "button", textContent: "Step", ...KEEPS_KEYS });
  const play = element("button", { type: "button", textContent: "Play", ...KEEPS_KEYS });
  let playing = null;
  let last = 0;

  function pause() {
    cancelAnimationFrame(playing);
    playing = null;
    play.textContent = "Play";
  }
  function tick(now) {
    if (steps.isAtEnd() || !play.isConnected) return pause();
    playing = requestAnimationFrame(tick);
    if (now - last < 1000 / pace || !post.isFree()) return;
    last = now;
    steps.move(1);
  }
  play.addEventListener("click", () => {
    if (playing !== null) return pause();
    if (steps.isAtEnd()) steps.move(-1e9); // from the beginning again
    play.textContent = "Pause";
    last = performance.now();
    playing = requestAnimationFrame(tick);
  });
  step.addEventListener("click", () => {
    pause();
    steps.move(1);
  });
  return { buttons: [step, play], pause };
}

// The arrow keys move the slider across and the slider up; where there is but one, it takes all four.
function makeDraggable(picture, image, sliders, post) {
  const keys = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [1, 1], ArrowDown: [1, -1] };
  let held = null;
  picture.addEventListener("keydown", (event) => {
    if (!(event.key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const [axis, sign] = keys[event.key];
    (sliders[axis] ?? sliders[0]).move(sign * (event.shiftKey ? 10 : 1));
  });
  const follow = (event) => {
    const box = image.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return;
    const place = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    const by = held === null ? [0, 0] : place.map((each, i) => each - held[i]);
    held = place;
    post.point(place, by, sliders.map((each) => each.key));
  };
  picture.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault(); // no image is dragged away, no text selected
    picture.focus({ preventScroll: true });
    picture.setPointerCapture(event.pointerId);
    picture.classList.add("nabla-held");
    held = null;
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
  const inputs = outline.groups.flatMap((group) => group.inputs.map((each) => KINDS[each.kind](each, post)));
  const input = (key) => inputs.find((each) => each.key === key);

  // Decoded in the very frame that shows it, so that picture and words change together.
  const image = element("img", { alt: "", draggable: false, decoding: "sync", width: 640, height: outline.height });
  const failure = element("p", { className: "nabla-failure", hidden: true });
  const picture = element("div", { className: "nabla-picture" }, image, failure);
  // The words that are seen change at once. Those that are spoken wait until the hand rests; the same words are
  // also the image's alt text, so the seen ones are hidden from a screen reader, which would read them twice.
  const words = element("figcaption", { className: "nabla-words", "aria-hidden": "true" });
  const spoken = element("p", { className: "nabla-spoken", role: "status", "aria-live": "polite" });

  const controls = element("div", { className: "nabla-controls" });
  for (const group of outline.groups) {
    const rows = group.inputs.map((each) => input(each.key).row);
    if (rows.length === 1) controls.append(...rows);
    else controls.append(element("fieldset", {}, element("legend", { textContent: group.label }), ...rows));
  }
  const reset = element("button", { type: "button", textContent: "Reset", ...KEEPS_KEYS });
  const walk = outline.walk && walker(outline.walk, input(outline.walk.key), post);
  reset.addEventListener("click", () => {
    walk?.pause();
    for (const each of inputs) each.write(each.start); // so that a key pressed next counts from there
    post.reset();
  });
  const hint = element("p", { className: "nabla-hint" });
  controls.append(element("div", { className: "nabla-last" }, ...(walk?.buttons ?? []), reset, hint));

  const root = element("div", { className: "nabla-explorer" });
  root.append(element("figure", {}, picture, words), controls, spoken);

  if (outline.drag) {
    const sliders = outline.drag.keys.map(input);
    const { step } = sliders[0];
    hint.textContent = `Drag on the picture, or use the arrow keys there, to move the ${outline.drag.label}: `
      + `steps of ${step}, ten with Shift.`;
    picture.classList.add("nabla-draggable");
    picture.tabIndex = 0;
    const name = `Picture: the arrow keys move the ${outline.drag.label}`;
    for (const [key, text] of Object.entries({ role: "group", "aria-label": name, ...KEEPS_KEYS })) {
      picture.setAttribute(key, text);
    }
    makeDraggable(picture, image, sliders, post);
  }

  let say = null;
  function show() {
    const frame = model.get("frame");
    for (const each of inputs) {
      each.tell(frame.texts[each.key]);
      if (!post.isMoving(each.key)) each.write(frame.values[each.key]);
    }
    image.hidden = frame.error;
    failure.hidden = !frame.error;
    failure.textContent = frame.error ? frame.words : "";
    words.textContent = frame.error ? "" : frame.words;
    image.alt = frame.alt;
    if (!frame.error) image.src = address(frame.png);
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
    walk?.pause();
    post.stop();
    clearTimeout(say);
  };
}

export default { render };
