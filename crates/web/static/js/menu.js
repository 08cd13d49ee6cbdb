// The account menu closes with Escape and with a click elsewhere.
for (const menu of document.querySelectorAll("[data-menu]")) {
  addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// Where the navigation is a row that scrolls, it begins at the current entry.
const navigation = document.querySelector(".navigation");
const current = navigation?.querySelector("[aria-current]");
if (current && navigation.scrollWidth > navigation.clientWidth) {
  navigation.scrollLeft = current.offsetLeft - navigation.clientWidth / 2 + current.offsetWidth / 2;
}
