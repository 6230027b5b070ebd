/* The little the page needs besides htmx: looking again at each change, toasts, the message menu.
   Words a person reads stand in the templates. Nothing here knows what the bot does. */
(function () {
  "use strict";
  var body = document.body;
  var byId = function (id) { return document.getElementById(id); };
  var each = function (where, what, deed) { Array.prototype.forEach.call(where.querySelectorAll(what), deed); };
  var scroll = byId("scroll"), text = byId("text"), menu = byId("menu"), about = byId("about");

  /* Looking again. The server renders, idiomorph keeps what stands. */
  Idiomorph.defaults.callbacks.beforeNodeMorphed = function (old, fresh) {
    return !(old.dataset && old.dataset.rev && old.dataset.rev === fresh.dataset.rev);
  };
  Idiomorph.defaults.callbacks.beforeAttributeUpdated = function (name, node) {
    return !(name === "open" && node.tagName === "DETAILS");
  };
  var look = function () { htmx.trigger(body, "scene-changed"); };
  var events = new EventSource("/sandbox/events");
  events.onmessage = function (event) {
    var chats = JSON.parse(event.data).chats;
    /* Chat 0 is the journal; no chats at all: the line was opened, or is kept alive. */
    if (!chats.length || chats.some(function (chat) { return chat !== 0; })) look();
  };
  window.addEventListener("pagehide", function () { events.close(); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });

  var newest = function () { var feed = byId("feed"); return feed ? +feed.dataset.lastHere : 0; };
  var seenNewest = newest();
  var atEnd = function () { return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120; };
  var toEnd = function () { scroll.scrollTop = scroll.scrollHeight; };
  var wasAtEnd = true;
  var settle = function () {
    unread();
    if (!scroll) return;
    var last = byId("m-" + newest());
    if (wasAtEnd || (newest() > seenNewest && last && last.classList.contains("mine"))) toEnd();
    seenNewest = newest();
    byId("down").hidden = atEnd();
    var shown = byId("keys").dataset.placeholder;
    text.placeholder = shown || text.dataset.placeholder;
    typing();
    answers(true);
  };
  body.addEventListener("htmx:beforeSwap", function () { if (scroll) wasAtEnd = atEnd(); });
  body.addEventListener("htmx:afterRequest", function (event) { if (event.detail.elt.id === "live") settle(); });

  /* «Typing» lasts as long as in Telegram: five seconds unless said again. */
  var typingEnds = 0;
  var typing = function () {
    var sign = document.querySelector("#head .typing");
    clearTimeout(typingEnds);
    if (sign && !sign.hidden) typingEnds = setTimeout(function () { sign.hidden = true; }, 5000);
  };

  /* What was seen is remembered by this browser; numbers that went back mean a new sandbox. */
  var unread = function () {
    var seen = {};
    try { seen = JSON.parse(localStorage.getItem("seen") || "{}"); } catch (error) { seen = {}; }
    var feed = byId("feed");
    if (feed && !document.hidden) seen[feed.dataset.unreadHere] = newest();
    each(document, "[data-unread]", function (row) {
      var key = row.dataset.unread, last = +row.dataset.last;
      var open = row.getAttribute("aria-current");
      if (open && !document.hidden) seen[key] = last;
      if (seen[key] > last) seen[key] = 0;
      row.classList.toggle("news", last > (seen[key] || 0) && !open);
    });
    try { localStorage.setItem("seen", JSON.stringify(seen)); } catch (error) { /* private mode */ }
  };
  document.addEventListener("visibilitychange", unread);

  /* Toasts and alerts: what the bot answered to this person's taps. */
  var toast = function (words, failed) {
    var box = document.createElement("div");
    box.className = failed ? "toast failed" : "toast";
    box.textContent = words;
    byId("toasts").appendChild(box);
    setTimeout(function () { box.remove(); }, 4000);
  };
  var told = {};
  var answers = function (aloud) {
    each(document, "#answers li", function (answer) {
      if (told[answer.id]) return;
      told[answer.id] = true;
      if (!aloud) return;
      var words = answer.textContent;
      if (answer.dataset.url) { send("open", "url", answer.dataset.url); return; }
      if (!answer.hasAttribute("data-alert")) { toast(words); return; }
      byId("alert-text").textContent = words;
      if (byId("alert").showModal) byId("alert").showModal(); else window.alert(words);
    });
  };
  var send = function (form, name, value) {
    var values = {};
    values[name] = value;
    htmx.ajax("POST", byId(form).action, { source: byId(form), values: values, swap: "none" });
  };
  body.addEventListener("htmx:responseError", function (event) {
    toast(body.dataset.failed + ": " + event.detail.xhr.responseText, true);
  });
  body.addEventListener("htmx:sendError", function (event) {
    if (event.detail.elt.id !== "live") toast(body.dataset.away, true);
  });

  /* Small openings close by a tap elsewhere, by Escape and when their form has done its deed. */
  var closeAll = function (except) {
    each(document, ".pop[open]", function (pop) { if (!except || !pop.contains(except)) pop.open = false; });
    if (menu && !menu.hidden && !(except && (menu.contains(except) || except.closest("[data-menu]")))) closeMenu();
  };
  document.addEventListener("click", function (event) {
    closeAll(event.target);
    var toggled = event.target.closest("[data-toggle]");
    if (toggled) {
      if (!toggled.classList.contains("shown")) event.preventDefault();
      toggled.classList.add("shown");
    }
    var copied = event.target.closest("[data-copy]");
    if (copied) copy(copied.dataset.copy);
  });
  document.addEventListener("keydown", function (event) {
    var on = document.activeElement;
    if (event.key === "Escape") { closeAll(null); if (about && !about.hidden) forget(); }
    if ((event.key === "Enter" || event.key === " ") && on && on.hasAttribute("data-toggle")) { event.preventDefault(); on.click(); }
    if (menu && !menu.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      var items = Array.prototype.filter.call(menu.querySelectorAll("button"), function (b) { return !b.hidden; });
      var step = event.key === "ArrowDown" ? 1 : -1;
      items[(items.indexOf(on) + step + items.length) % items.length].focus();
      event.preventDefault();
    }
  });
  each(document, "[data-autosubmit] select", function (select) { select.setAttribute("data-ready", ""); });
  document.addEventListener("change", function (event) {
    var form = event.target.closest("[data-autosubmit]");
    if (form) form.submit();
  });
  var copy = function (words) {
    if (navigator.clipboard) navigator.clipboard.writeText(words).then(function () { toast(body.dataset.copied); });
  };
  body.addEventListener("htmx:afterRequest", function (event) {
    var form = event.detail.elt;
    if (!event.detail.successful || !form.hasAttribute) return;
    if (form.hasAttribute("data-closes")) { closeAll(null); if (form.querySelector("[type=file]")) form.reset(); }
    if (form.id === "write" || form.hasAttribute("data-with-text")) { text.value = ""; forget(); grow(); if (form.id === "write") text.focus(); }
    if (menu && menu.contains(form)) closeMenu();
  });
  if (!scroll) { unread(); return; }

  /* The message menu, beside the message it is about. */
  var chosen = null, opener = null;
  var closeMenu = function () {
    menu.hidden = true;
    if (opener) { opener.removeAttribute("aria-expanded"); if (menu.contains(document.activeElement)) opener.focus(); }
    opener = null;
  };
  var openMenu = function (button, x, y) {
    opener = button;
    chosen = button.closest(".message");
    button.setAttribute("aria-expanded", "true");
    byId("menu-message").value = chosen.id.slice(2);
    menu.querySelector("[data-do=edit]").hidden = !chosen.hasAttribute("data-editable");
    menu.querySelector("[data-do=copy]").hidden = !chosen.dataset.plain;
    menu.hidden = false;
    menu.style.left = Math.max(8, Math.min(x, innerWidth - menu.offsetWidth - 8)) + "px";
    menu.style.top = Math.max(8, Math.min(y, innerHeight - menu.offsetHeight - 8)) + "px";
    menu.querySelector("button").focus();
  };
  scroll.addEventListener("click", function (event) {
    var button = event.target.closest("[data-menu]");
    if (!button) return;
    if (opener === button) { closeMenu(); return; }
    var place = button.getBoundingClientRect();
    openMenu(button, place.left, place.bottom + 4);
  });
  scroll.addEventListener("contextmenu", function (event) {
    var message = event.target.closest(".message");
    if (!message || event.target.closest("a, img, video")) return;
    event.preventDefault();
    openMenu(message.querySelector("[data-menu]"), event.clientX, event.clientY);
  });
  scroll.addEventListener("scroll", function () { byId("down").hidden = atEnd(); if (!menu.hidden) closeMenu(); }, { passive: true });
  byId("down").addEventListener("click", toEnd);

  /* Answering and mending. */
  var remember = function (what, message) {
    forget();
    about.hidden = false;
    about.dataset.about = what;
    byId("about-name").textContent = message.dataset.name;
    byId("about-text").textContent = message.dataset.plain;
    byId(what === "edit" ? "edit" : "reply-to").value = message.id.slice(2);
    if (what === "edit") { text.value = message.dataset.plain; grow(); }
    text.focus();
  };
  var forget = function () {
    if (about.dataset.about === "edit" && byId("edit").value) { text.value = ""; grow(); }
    about.hidden = true;
    about.removeAttribute("data-about");
    byId("edit").value = byId("reply-to").value = "";
  };
  menu.addEventListener("click", function (event) {
    var item = event.target.closest("[data-do]");
    if (!item) return;
    closeMenu();
    if (item.dataset.do === "copy") copy(chosen.dataset.plain); else remember(item.dataset.do, chosen);
  });
  byId("about-off").addEventListener("click", forget);

  /* The field grows with its text; Enter sends where there is a keyboard. */
  var grow = function () {
    text.style.height = "auto";
    text.style.height = Math.min(text.scrollHeight + 2, 168) + "px";
  };
  text.addEventListener("input", grow);
  text.addEventListener("keydown", function (event) {
    var sends = matchMedia("(pointer: fine)").matches;
    if (event.key === "Enter" && !event.shiftKey && sends && !event.isComposing) {
      event.preventDefault();
      text.form.requestSubmit();
    }
    if (event.key === "ArrowUp" && !text.value) {
      var own = scroll.querySelectorAll("[data-editable]");
      if (own.length) { event.preventDefault(); remember("edit", own[own.length - 1]); }
    }
  });

  typing();
  answers(false);
  unread();
  toEnd();
  byId("down").hidden = atEnd();
  if (matchMedia("(pointer: fine)").matches && !byId("gate").classList.contains("shut")) text.focus();
})();
