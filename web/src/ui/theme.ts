import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Where the chosen colour scheme is remembered; public/color-scheme.js reads the same key. */
export const COLOR_SCHEME_KEY = 'oktan-color-scheme';

const petrol: MantineColorsTuple = [
  '#e9f4f2', '#d2e7e3', '#a5cfc8', '#74b5ab', '#469a8f',
  '#2a8378', '#196c63', '#0f5750', '#0c4641', '#08332f',
];

const amber: MantineColorsTuple = [
  '#fdf4e1', '#fae6bd', '#f6d48a', '#f2c056', '#eead2b',
  '#d3900f', '#a86f06', '#865703', '#6b4502', '#4d3102',
];

const red: MantineColorsTuple = [
  '#fdecea', '#fad3cf', '#f4a9a2', '#ec7c72', '#e2574b',
  '#cf3a2e', '#b32b20', '#8f2119', '#701a14', '#50120e',
];

/** Neutral greys with a little of the brand's green in them. */
const gray: MantineColorsTuple = [
  '#f6f8f7', '#eef2f0', '#e1e8e5', '#cfd9d5', '#b3c0bb',
  '#8b9b95', '#63736d', '#4a5954', '#2f3b37', '#17211e',
];

const dark: MantineColorsTuple = [
  '#e4ece9', '#b7c5c0', '#9aaba5', '#6d7f79', '#3c4b46',
  '#2b3834', '#1e2926', '#141d1b', '#0f1615', '#090e0d',
];

export const theme = createTheme({
  colors: { petrol, amber, red, gray, dark },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  black: '#14201d',
  fontFamily: "'Golos Text Variable', 'Golos Text Fallback', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SFMono-Regular', 'Cascadia Mono', monospace",
  headings: { fontFamily: "'Golos Text Variable', 'Golos Text Fallback', system-ui, sans-serif", fontWeight: '600' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Locking the scroll is done in frame.css: Mantine's way injects a <style> element.
    Modal: { defaultProps: { lockScroll: false, centered: true, radius: 'lg' } },
    Drawer: { defaultProps: { lockScroll: false, position: 'right' } },
    Spotlight: { defaultProps: { lockScroll: false } },
    Button: { defaultProps: { fw: 500 } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    MultiSelect: { defaultProps: { size: 'md' } },
    RadioGroup: { defaultProps: { size: 'md' } },
  },
});
