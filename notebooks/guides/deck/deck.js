// Starts the slides. Keys belong to a control as long as the focus is in one: an arrow there moves a slider, not the slides.

(() => {
  const CONTROL = ".sc-panel, .sc-embedded, a, button, details, input, select, textarea";
  const held = () => document.activeElement?.closest(CONTROL);

  // A presenter sends these two, wherever the focus is; Escape leads from a control back to the slides.
  const TURNS = { PageDown: () => Reveal.next(), PageUp: () => Reveal.prev() };
  addEventListener("keydown", (event) => {
    const turn = held() && !event.target.closest("select, textarea") && TURNS[event.key];
    if (turn) turn();
    else if (event.key === "Escape" && held()) document.activeElement.blur();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // Of many exercises the one whose number was pressed is on the slide; it is there before the control goes to it.
  addEventListener("click", (event) => {
    const dot = event.target.closest(".sc-dot");
    if (!dot) return;
    const place = [...dot.parentElement.children].indexOf(dot);
    dot.closest(".sc-checks").querySelectorAll(".sc-check").forEach((card, i) => card.classList.toggle("sc-here", i === place));
  }, true);

  Reveal.initialize({
    width: 1280, height: 720, margin: 0, minScale: 0.1, maxScale: 10, center: false, controls: false,
    hash: true, slideNumber: "c/t", transition: "none", navigationMode: "linear",
    viewDistance: 2, mobileViewDistance: 2, scrollActivationWidth: null,
    defaultTiming: 0, pdfSeparateFragments: false,
    keyboardCondition: () => !held(),
    plugins: [RevealNotes],
  });
  Reveal.addKeyBinding({ keyCode: 80, key: "P", description: "A window to print from" }, () => {
    open(`${location.href.split(/[?#]/)[0]}?print-pdf`);
  });
  // A formula that is wider than its slide is made as small as it has to be.
  const fit = () => {
    for (const formula of document.querySelectorAll(".formula .wide")) {
      formula.style.fontSize = "";
      const { scrollWidth, clientWidth } = formula;
      if (scrollWidth > clientWidth) formula.style.fontSize = `${Math.floor(100 * clientWidth / scrollWidth)}%`;
    }
  };
  for (const event of ["ready", "slidechanged", "pdf-ready"]) Reveal.on(event, fit);
  // A slide that was left keeps no focus: keys are for the next one.
  Reveal.on("slidechanged", () => held()?.closest("section:not(.present)") && document.activeElement.blur());
})();
