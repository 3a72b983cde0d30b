// A function that plays a film in the page; film.py calls it. Nothing is fetched, nothing has an id: many films may
// share a page. `reel` has rate, still, frames [url, left, top, width, alt], ticks and shots [first tick, caption].
(script, reel) => {
  const make = (tag, properties, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };

  const root = script.closest(".nabla-film");
  if (!root || root.dataset.ready) return; // a page may run its scripts again
  root.dataset.ready = "yes";
  const words = root.querySelector("details");
  const last = reel.ticks.length - 1;
  const seconds = (tick) => Math.round(tick / reel.rate);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const still = root.querySelector("img");
  const over = make("img", { className: "over", alt: "" });
  const caption = make("figcaption", { textContent: reel.shots[0][1] });
  const screen = make("div", { className: "screen" });
  const play = make("button", { type: "button", textContent: "Play" });
  const back = make("button", { type: "button", textContent: "Back" });
  const on = make("button", { type: "button", textContent: "Next" });
  const place = make("input", { type: "range", min: 0, max: last, step: 1, value: 0 });
  const time = make("span", { className: "time" });
  back.setAttribute("aria-label", "Back to the shot before");
  on.setAttribute("aria-label", "Next shot");
  place.setAttribute("aria-label", "Place in the film");
  time.setAttribute("aria-hidden", "true"); // the range says it
  // JupyterLab takes arrow keys for itself unless the focused element refuses.
  for (const node of [play, back, on, place]) node.setAttribute("data-lm-suppress-shortcuts", "true");

  let now = -1;
  let shot = 0;
  let shown = -1;
  function show(tick) {
    now = tick;
    shot = reel.shots.findLastIndex(([first]) => first <= tick);
    // Who wants little motion sees one picture a shot: the one it ends with.
    const end = shot + 1 < reel.shots.length ? reel.shots[shot + 1][0] - 1 : last;
    const number = reel.ticks[calm.matches && playing !== null ? end : tick];
    if (number !== shown) {
      const [url, left, top, width, alt] = reel.frames[number];
      Object.assign(over.style, { left: `${left}%`, top: `${top}%`, width: `${width}%` });
      over.src = url;
      over.alt = alt;
      shown = number;
    }
    if (caption.textContent !== reel.shots[shot][1]) caption.textContent = reel.shots[shot][1];
    place.value = tick;
    time.textContent = `${seconds(tick)} of ${seconds(last + 1)} s`;
    const where = `shot ${shot + 1} of ${reel.shots.length}`;
    place.setAttribute("aria-valuetext", `${seconds(tick)} of ${seconds(last + 1)} seconds, ${where}`);
  }

  let playing = null;
  function pause() {
    cancelAnimationFrame(playing);
    playing = null;
    play.textContent = "Play";
  }
  function start() {
    const from = now >= last ? 0 : now;
    const began = performance.now();
    caption.setAttribute("aria-live", "polite"); // a new caption every few seconds
    play.textContent = "Pause";
    const step = (moment) => {
      if (!root.isConnected) return pause();
      const tick = Math.min(last, from + Math.floor(((moment - began) / 1000) * reel.rate));
      playing = requestAnimationFrame(step);
      if (tick !== now) show(Math.max(0, tick));
      if (tick >= last) pause();
    };
    playing = requestAnimationFrame(step);
  }
  function jump(to) {
    pause();
    caption.setAttribute("aria-live", "polite");
    show(reel.shots[Math.min(Math.max(to, 0), reel.shots.length - 1)][0]);
  }
  play.addEventListener("click", () => (playing === null ? start() : pause()));
  back.addEventListener("click", () => jump(shot - (now > reel.shots[shot][0] ? 0 : 1)));
  on.addEventListener("click", () => jump(shot + 1));
  place.addEventListener("input", () => {
    pause();
    caption.setAttribute("aria-live", "off"); // the range speaks for itself
    show(place.valueAsNumber);
  });
  addEventListener("beforeprint", () => (words.open = true));

  root.prepend(make("style", { textContent: reel.style }));
  const figure = still.parentNode;
  screen.append(still, over);
  figure.append(screen, caption);
  figure.after(make("div", { className: "bar" }, play, back, on, place, time));
  words.open = false;
  still.src = reel.still;
  still.alt = "";
  show(0);
}
