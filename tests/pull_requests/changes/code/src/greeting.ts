export const greeting = "Good evening";
