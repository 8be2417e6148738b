/** About what providers count for a picture of a screen, in model tokens; the receipt says what it was. */
export const PICTURE_MODEL_TOKENS = 1_000;
