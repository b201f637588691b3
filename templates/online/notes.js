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
