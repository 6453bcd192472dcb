/** Words of the API as people read them: what programs would send, such as `(request_remote)`, is left out. */
const FOR_PROGRAMS = /\s?[(\uff08][a-z_]+(?:[=.,\uff0c\u3001]\s?[a-z_]+)*[)\uff09]/g;

export const plainly = (text: string) => text.replaceAll(FOR_PROGRAMS, "");

/** A word as it stands in a list: English roles come with an article, for sentences. */
export const bare = (text: string) => text.replace(/^(?:the|an?) /, "");
