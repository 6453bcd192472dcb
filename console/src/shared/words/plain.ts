/** Words of the API as people read them: what programs would send, such as `（request_remote）`, is left out. */
const FOR_PROGRAMS = /\s?[（(][a-z_]+(?:[=.，,、]\s?[a-z_]+)*[）)]/g;

export const plainly = (text: string) => text.replaceAll(FOR_PROGRAMS, "");
