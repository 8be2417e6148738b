/** Up to here every character is looked at; longer texts are judged by samples, because this runs on every key. */
const WHOLE_TEXT_LIMIT = 20_000;
const SAMPLES = 4;
const SAMPLE_LENGTH = WHOLE_TEXT_LIMIT / SAMPLES;

/**
 * Latin words of up to this many letters are nearly always one model token; longer ones take one more per so many
 * letters.
 */
const LETTERS_PER_MODEL_TOKEN = 6;
const DIGITS_PER_MODEL_TOKEN = 3;
/** Letters of other alphabets (Cyrillic, Greek, Arabic) per model token; ideographs count apart. */
const FOREIGN_LETTERS_PER_MODEL_TOKEN = 4;
const IDEOGRAPHS_PER_MODEL_TOKEN = 1.3;

/**
 * About how many model tokens a text has, for live estimates: within a quarter for prose and code. Cheap, and never
 * the tokenizer; what is billed is counted by the backend.
 */
export function approximateModelTokens(text: string): number {
  if (text.length <= WHOLE_TEXT_LIMIT) return Math.ceil(countPiece(text));
  const stride = Math.floor((text.length - SAMPLE_LENGTH) / (SAMPLES - 1));
  let counted = 0;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    counted += countPiece(text.slice(sample * stride, sample * stride + SAMPLE_LENGTH));
  }
  return Math.ceil((counted * text.length) / (SAMPLES * SAMPLE_LENGTH));
}

type Run = 'letters' | 'foreign' | 'digits' | 'ideographs' | 'marks' | 'blank';

function countPiece(text: string): number {
  let count = 0;
  let run: Run = 'blank';
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const next = runOf(text.charCodeAt(index));
    if (next === run) {
      length += 1;
    } else {
      count += runTokens(run, length);
      run = next;
      length = 1;
    }
  }
  return count + runTokens(run, length);
}

function runOf(code: number): Run {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) return 'letters';
  if (code === 32 || code === 10 || code === 13 || code === 9) return 'blank';
  if (code >= 48 && code <= 57) return 'digits';
  if (code < 128) return 'marks';
  return code >= 0x2e80 ? 'ideographs' : 'foreign';
}

/** A space goes with the word after it, so blanks cost nothing; runs of indentation are one model token. */
function runTokens(run: Run, length: number): number {
  switch (run) {
    case 'letters':
      return Math.max(1, length / LETTERS_PER_MODEL_TOKEN);
    case 'foreign':
      return Math.max(1, length / FOREIGN_LETTERS_PER_MODEL_TOKEN);
    case 'digits':
      return Math.ceil(length / DIGITS_PER_MODEL_TOKEN);
    case 'ideographs':
      return length / IDEOGRAPHS_PER_MODEL_TOKEN;
    case 'marks':
      return Math.ceil(length / 2);
    case 'blank':
      return length > 1 ? 1 : 0;
  }
}
