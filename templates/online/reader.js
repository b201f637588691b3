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

  // ---- where one is, and where one was

  function places(main) {
    const file = root.dataset.page;
    const marks = Array.from(main.querySelectorAll("[id]:not(.note-call)")).filter(function (mark) { return !mark.closest(".notes"); });
    const line = document.body.appendChild(make("div", "", {className: "progress"}));
    const percent = document.querySelector(".percent");
    const before = Number(root.dataset.before || 0);
    const share = Number(root.dataset.share || 1);
    let resting = 0;
    let last = 0;

    // the last place with an address that begins above the middle of the upper third
    function here() {
      let from = 0;
      let to = marks.length;
      while (to - from > 1) {
        const middle = (from + to) >> 1;
        if (marks[middle].getBoundingClientRect().top > innerHeight / 6) { to = middle; } else { from = middle; }
      }
      return marks[from];
    }

    function read() {
      const end = main.getBoundingClientRect().bottom + scrollY - innerHeight;
      return end > 0 ? Math.min(1, scrollY / end) : 1;
    }

    function show() {
      const done = before + share * read();
      line.style.transform = "scaleX(" + done + ")";
      percent.textContent = Math.round(done * 100) + "\u202f%";
      return done;
    }

    function rest() {
      const mark = here();
      if (root.dataset.front !== undefined) { return; }
      const section = (mark || main).closest("main > section, main > .part > section") || main;
      const head = section.querySelector("h1, h2, h3");
      keep(placeKey, {
        file: file,
        id: scrollY > 100 ? (mark || main).id : "",
        title: head ? head.textContent.trim() : "",
        done: show()
      });
    }

    addEventListener("scroll", function () {
      show();
      root.classList.toggle("away", scrollY > last ? scrollY > 300 : false);
      last = scrollY;
      clearTimeout(resting);
      resting = setTimeout(rest, 300);
    }, {passive: true});
    show();
    if (file) { rest(); }
    return here;
  }

  function resume(head, offer) {
    const place = recall(placeKey);
    if (!head || !place || !(place.id || place.file)) { return; }
    const link = offer.querySelector("a");
    link.href = place.file + (place.id ? "#" + place.id : "");
    link.append(": ", make("cite", place.title), " (" + Math.round(place.done * 100) + "\u202f%)");
    head.append(offer);
  }

  // ---- notes

  function notes(main, panel) {
    const all = Array.from(main.querySelectorAll(".notes > ol > li[id]"));
    const calls = new Map(Array.from(main.querySelectorAll("a.note-call"), function (call) { return [call.hash.slice(1), call]; }));

    // in the margin, level with their calls as far as those above leave room
    function beside() {
      if (root.classList.contains("rolled")) { return; }
      const box = main.getBoundingClientRect();
      const room = getComputedStyle(main).direction === "rtl" ? box.left : root.clientWidth - box.right;
      const em = parseFloat(getComputedStyle(main).fontSize);
      root.classList.toggle("beside", wide.matches ? room > 12.5 * em : false);
      if (!root.classList.contains("beside")) { return; }
      main.style.setProperty("--beside", Math.min(room - 3.5 * em, 17 * em) + "px");
      const top = box.top;
      const tops = all.map(function (note) {
        const call = calls.get(note.id);
        return [call ? call.getBoundingClientRect().top - top : 0, note.offsetHeight];
      });
      let free = 0;
      all.forEach(function (note, number) {
        const place = Math.max(tops[number][0], free);
        note.style.setProperty("--top", place + "px");
        free = place + tops[number][1] + em / 2;
      });
      main.style.setProperty("--foot", free + "px");
    }

    function tap(event) {
      const call = event.target.closest("a.note-call");
      if (!call || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      const note = document.getElementById(decodeURIComponent(call.hash.slice(1)));
      if (!note) { return; }
      event.preventDefault();
      if (root.classList.contains("beside")) {
        all.forEach(function (other) { other.classList.toggle("shown", other === note); });
        note.scrollIntoView({block: "nearest", behavior: calm.matches ? "auto" : "smooth"});
        note.tabIndex = -1;
        note.focus({preventScroll: true});
        return;
      }
      const copy = note.cloneNode(true);
      copy.querySelectorAll(".note-back").forEach(function (part) { part.remove(); });
      copy.querySelectorAll("[id]").forEach(function (part) { part.removeAttribute("id"); });
      panel.querySelector(".note-body").replaceChildren(make("b", call.textContent + ". "), ...copy.childNodes);
      panel.showPopover();
      panel.focus();
    }

    if (all.length) {
      document.addEventListener("click", tap);
      new ResizeObserver(beside).observe(main);
      addEventListener("resize", beside);
    }
  }

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

  // ---- search

{% include "fold.js" %}
  function wanted(query) {
    const words = Array.from(query.matchAll(/["“„«](.+?)["”“»]|(\S+)/gu), function (match) { return fold(match[1] || match[2]); });
    return words.filter(Boolean);
  }

  // the words around the first find, cut where it is in the text as it is written
  function excerpt(text, word) {
    let folded = "";
    let passed = 0;
    const starts = [];
    for (const sign of text) {
      const plain = fold(sign);
      starts.push(...Array(plain.length).fill(passed));
      folded += plain;
      passed += sign.length;
    }
    const at = folded.indexOf(word);
    if (at === -1) { return [text.slice(0, 120), "", ""]; }
    const from = starts[at];
    const to = at + word.length >= starts.length ? text.length : starts[at + word.length];
    const before = from > 60 ? text.slice(from - 60, from).replace(/^\S*\s/u, "…") : text.slice(0, from);
    const after = text.length > to + 80 ? text.slice(to, to + 80).replace(/\s\S*$/u, "…") : text.slice(to);
    return [before, text.slice(from, to), after];
  }

  // what a passage says: without the numbers of its notes, and line for line
  function words(block) {
    if (!block.querySelector(".note-call, .line, br")) { return block.textContent.trim(); }
    const copy = block.cloneNode(true);
    copy.querySelectorAll(".note-call").forEach(function (call) { call.remove(); });
    copy.querySelectorAll(".line + .line").forEach(function (line) { line.prepend(" / "); });
    copy.querySelectorAll("br").forEach(function (end) { end.replaceWith(" "); });
    return copy.textContent.trim();
  }

  // the passages of a book in one page, chapter by chapter
  function texts(main) {
    const blocks = "p, li, dt, dd, h1, h2, h3, h4, h5, h6, td, th, pre, caption, figcaption";
    return Array.from(main.querySelectorAll("main > :not(.part), main > .part > *")).map(function (chapter) {
      const head = chapter.querySelector("h2, h3");
      const passages = [chapter, ...chapter.querySelectorAll(blocks)].filter(function (block) {
        return block.matches(blocks) ? !block.querySelector(blocks) : false;
      });
      return ["", head ? head.textContent.trim() : "", passages.map(function (block) {
        return [block.closest("[id]").id, words(block)];
      })];
    });
  }

  function search(panel, main) {
    const input = panel.querySelector("input");
    const status = panel.querySelector(".status");
    const list = panel.querySelector(".finds");
    const most = 100;
    let pages = null;
    let waiting = 0;

    function look() {
      const words = wanted(input.value);
      list.replaceChildren();
      status.textContent = "";
      if (!pages || words.join("").length === 0) { return; }
      let found = 0;
      pages.forEach(function (page) {
        page[2].forEach(function (passage) {
          if (passage.length === 2) { passage.push(fold(passage[1])); }
          if (!words.every(function (word) { return passage[2].includes(word); })) { return; }
          found += 1;
          if (found > most) { return; }
          const parts = excerpt(passage[1], words[0]);
          const link = make("a", "", {href: page[0] + (passage[0] ? "#" + passage[0] : "")});
          link.append(make("cite", page[1]), " ", parts[0], make("mark", parts[1]), parts[2]);
          const item = document.createElement("li");
          item.append(link);
          list.append(item);
        });
      });
      status.textContent = found ? status.dataset.found + ": " + (found > most ? most + "/" : "") + found : status.dataset.none;
    }

    panel.addEventListener("beforetoggle", function (event) {
      if (event.newState !== "open" || pages) { return; }
      if (!root.dataset.texts) { pages = texts(main); return; }
      if (window.samizdatText) { return; }
      window.samizdatText = function (given) { pages = given; look(); };
      document.head.append(make("script", "", {src: root.dataset.texts}));
    });
    input.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(look, 120);
    });
    input.form.addEventListener("submit", function (event) {
      event.preventDefault();
      look();
      const first = list.querySelector("a");
      if (first) { first.focus(); }
    });
  }

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
