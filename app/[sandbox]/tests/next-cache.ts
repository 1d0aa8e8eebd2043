/** Stands for `next/cache` in tests, where no page is kept that an action could renew. */
export const revalidatePath = () => {};
