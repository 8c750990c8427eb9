/** Not even the texts came. What is said here is therefore in no catalogue. */
export function showCannotStart(root: HTMLElement, error: unknown): void {
  console.error(error)
  const main = document.createElement('main')
  main.className = 'flex h-full flex-col items-center justify-center gap-3'
  const sentence = document.createElement('p')
  sentence.setAttribute('role', 'alert')
  sentence.textContent = 'Parley could not be reached'
  const button = document.createElement('button')
  button.className = 'h-8 rounded-md bg-accent px-3 font-medium text-on-accent'
  button.textContent = 'Reload'
  button.addEventListener('click', () => location.reload())
  main.append(sentence, button)
  root.replaceChildren(main)
}
