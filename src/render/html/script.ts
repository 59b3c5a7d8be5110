/** What the buttons do: all that the page runs. Without it, a click selects a whole command. */
export const script = `
'use strict';
const said = document.getElementById('said');
async function copy(button) {
  const code = button.parentElement.querySelector('code');
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    getSelection().selectAllChildren(code);
    document.execCommand('copy');
  }
  const label = button.firstChild;
  label.data = said.textContent = 'Copied';
  setTimeout(() => { label.data = 'Copy'; said.textContent = ''; }, 2000);
}
for (const button of document.querySelectorAll('.command button')) {
  button.hidden = false;
  button.addEventListener('click', () => copy(button));
}
`;
