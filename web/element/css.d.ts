/** A style sheet as text. */
declare module '*?inline' {
  const css: string;
  export default css;
}
