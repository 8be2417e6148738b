/** What a style or text change can be in. */
export const STYLE_AND_MARKUP = '**/*.{css,scss,less,html,htm,jsx,tsx,vue,svelte,js,ts,json}';
