// A page that lies on the disk may not read another one: there the search names its pages without an extract.
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

// The theme gives the lists in its menu no names that could be read out.
document.addEventListener("DOMContentLoaded", () => {
  for (const list of document.querySelectorAll(".bd-sidenav details > summary")) {
    list.setAttribute("aria-label", list.closest("li").querySelector("a").textContent.trim());
  }
});
