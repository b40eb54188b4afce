/** A dialog that is shown above everything else, also above dialogs of the page. */
export type Modal = {
  /** Takes it away and gives the focus back to where it was. */
  close(): void;
};

/**
 * Shows the dialog inside `host`, whose shadow root no style sheet of the page reaches, and puts the focus on `first`.
 * Escape asks the caller to end it.
 */
export function showModal(
  host: HTMLElement,
  dialog: HTMLDialogElement,
  first: HTMLElement,
  onEscape: () => void,
): Modal {
  const before = focusedElement();
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    onEscape();
  });
  // A dialog of the page behind must not close on the same Escape, or catch the Tab key.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  document.body.append(host);
  dialog.showModal();
  first.focus();
  return {
    close() {
      dialog.close();
      host.remove();
      before?.focus();
    },
  };
}

/** What has the focus, also inside a shadow root such as a form's. */
function focusedElement(): HTMLElement | undefined {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement ? focused : undefined;
}
