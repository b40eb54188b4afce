import { accountById } from '#server/modules/accounts/index.ts';
import { creditPackagesOnSale, referencePriceMinor } from '#server/modules/catalog/index.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { route } from '../route.ts';

export const listCreditPackagesRoute = route('listCreditPackages', async (app, { actor }) => {
  const accountId = accountIdOf(actor);
  return await inRead(app, { account: accountId }, async (db) => {
    const account = await accountById(db, accountId);
    const packages = await creditPackagesOnSale(db, account.currency);
    return {
      data: packages.map((item) => ({
        id: item.id,
        name: item.name,
        slug: item.slug,
        description: item.description,
        credits: item.credits,
        price: item.priceMinor,
        reference_price: referencePriceMinor(item),
        currency: item.currency,
        discount_percentage: item.discountPercentage,
        is_featured: item.isFeatured,
        sort_order: item.sortOrder,
      })),
    };
  });
});
