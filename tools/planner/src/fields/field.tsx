import type { VNode } from "preact";

/** A labelled text field with its message beside it. */
export interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** What is wrong with the value, or nothing. */
  readonly message: string | undefined;
  readonly onInput: (value: string) => void;
  /** What to know before typing. */
  readonly hint?: string;
  /** Colour of the section that the field is about. */
  readonly className?: string;
  readonly inputMode?: "numeric" | "text";
}

export function Field({ id, label, value, message, onInput, hint, className, inputMode }: FieldProps): VNode {
  const hintId = `${id}-hint`;
  const messageId = `${id}-message`;
  const described = [hint === undefined ? "" : hintId, message === undefined ? "" : messageId].join(" ").trim();
  return (
    <div class={`field ${className ?? ""} ${message === undefined ? "" : "wrong"}`}>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode={inputMode ?? "text"}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={value}
        aria-invalid={message !== undefined}
        aria-describedby={described === "" ? undefined : described}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {hint !== undefined && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
      {/* Always there, so that what appears in it is read out. */}
      <p class="message" id={messageId} aria-live="polite">
        {message}
      </p>
    </div>
  );
}
