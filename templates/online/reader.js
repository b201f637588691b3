// The reader's tools: settings, search, notes on tap and beside the text, the place where one stopped. Without it everything can be
// read just as well. Neither "less than" nor "ampersand" may stand here: in the edition of one file the page is XML as well.
(function () {
  "use strict";
  const root = document.documentElement;
  const placeKey = "samizdat-place:" + root.dataset.book;
  const wide = matchMedia("(min-width: 60rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  function recall(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch (error) { return null; }
  }

  function keep(key, value) {
    try { localStorage.setItem(key, JSON.stringify(value)); } catch (error) { return; }
  }

  function make(name, text, attributes) {
    const element = document.createElement(name);
    element.append(text);
    Object.assign(element, attributes);
    return element;
  }

  // when the page is there, with its type
  async function arrived() {
    if (document.readyState !== "complete") { await new Promise(function (go) { addEventListener("load", go); }); }
    await document.fonts.ready;
  }

  // when somebody does something, or has margins to look at
  function stirred() {
    return new Promise(function (go) {
      if (wide.matches) { go(); }
      wide.addEventListener("change", go, {once: true});
      ["scroll", "wheel", "touchstart", "pointerdown", "keydown", "focusin"].forEach(function (sign) {
        addEventListener(sign, go, {once: true, passive: true});
      });
    });
  }

  // ---- a long page, laid out bit by bit, so that it can be read at once

  function unroll(main, done) {
    const waiting = Array.from(main.children).reverse();

    // so much at a time that a finger is answered even on a slow phone; where notes wait for their margin, more
    function step() {
      const until = performance.now() + (wide.matches ? 12 : 4);
      while (root.classList.contains("rolled")) {
        const part = waiting.pop();
        if (!part) { root.classList.remove("rolled"); break; }
        if (part.childElementCount > 1 ? part.textContent.length > 1500 : false) {
          part.classList.add("split");
          waiting.push(...Array.from(part.children).reverse());
        }
        part.classList.add("open");
        part.getBoundingClientRect();  // now, and not with all the others
        if (performance.now() > until) { setTimeout(step); return; }
      }
      done();
    }

    step();
  }

{% include "places.js" %}

{% include "notes.js" %}

  // ---- the address of the paragraph under the hand that points: one sign that goes along in the margin. A keyboard and a voice have
  // the same in the settings, and are not stopped by it.

  function permalinks(main) {
    const link = make("a", "", {className: "permalink", tabIndex: -1, ariaHidden: "true"});
    main.addEventListener("pointerover", function (event) {
      const mark = event.pointerType === "mouse" ? event.target.closest("p[id]") : null;
      if (!mark) { return; }
      link.href = "#" + mark.id;
      link.style.top = mark.getBoundingClientRect().top - main.getBoundingClientRect().top + "px";
      main.append(link);
    });
  }

  // ---- settings

  function settings(panel, here) {
    const form = panel.querySelector("form");
    const status = panel.querySelector(".status");
    const chosen = window.samizdat.chosen();
    ["theme", "width", "face"].forEach(function (name) {
      Array.from(form.elements.namedItem(name)).forEach(function (button) { button.checked = button.value === (chosen[name] || ""); });
    });
    form.elements.namedItem("size").value = chosen.size || 100;
    form.addEventListener("input", function () { window.samizdat.choose(Object.fromEntries(new FormData(form))); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.elements.namedItem("copy").addEventListener("click", function () {
      const mark = here();
      const address = location.href.split("#")[0] + (mark ? "#" + mark.id : "");
      function tell() { status.textContent = address; }
      if (!navigator.clipboard) { tell(); return; }
      navigator.clipboard.writeText(address).then(function () { status.textContent = status.dataset.copied; }, tell);
    });
  }

{% include "search.js" %}

  // ---- contents of a book in one page

  function contents(panel, jump) {
    const list = document.querySelector(".book-contents ol");
    if (!jump || !list) { return; }
    jump.addEventListener("click", function (event) {
      event.preventDefault();
      if (!panel.firstChild) { panel.append(list.cloneNode(true)); }
      panel.showPopover();
      panel.querySelector("a").focus();
    });
  }

  function begin() {
    const main = document.getElementById("_text");
    const bar = document.querySelector(".bar");
    const tools = document.getElementById("_tools");
    // who goes elsewhere in the page is to arrive where it will be
    document.addEventListener("click", function (event) {
      if (event.target.closest("a[href^='#']")) { root.classList.remove("rolled"); }
    }, true);
    // once, in the type that stays, and not for those who only look at the title
    if (main) { Promise.all([arrived(), stirred()]).then(function () { unroll(main, function () { dispatchEvent(new Event("resize")); }); }); }
    if (!main || !bar || !tools || !("popover" in HTMLElement.prototype)) { return; }
    const added = tools.content.cloneNode(true);
    const offer = added.querySelector(".resume");
    offer.remove();
    bar.append(added);
    resume(document.querySelector(".book-head"), offer);
    const here = places(main);
    permalinks(main);
    notes(main, document.getElementById("_note"));
    settings(document.getElementById("_settings"), here);
    search(document.getElementById("_search"), main);
    contents(document.getElementById("_contents"), bar.querySelector("a.to-contents"));
    bar.querySelectorAll(".panel").forEach(function (panel) {
      panel.addEventListener("click", function (event) { if (event.target.closest("a[href]")) { panel.hidePopover(); } });
    });
  }

  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", begin); } else { begin(); }
})();
