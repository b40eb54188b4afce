-- What is sold (credit packages and their prices) and how it may be paid (payment options by country).
-- A price is what is charged; the discount only feeds the badge and the struck-through reference price.

create table purser.credit_packages (
  id uuid primary key,
  name text not null,
  slug text not null unique,
  description text not null,
  credits bigint not null check (credits > 0),
  discount_percentage integer not null check (discount_percentage between 0 and 99),
  sort_order integer not null,
  is_active boolean not null,
  is_featured boolean not null,
  stripe_product_id text,
  paypal_product_id text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table purser.credit_package_prices (
  package_id uuid not null references purser.credit_packages (id),
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  price_minor bigint not null check (price_minor > 0),
  primary key (package_id, currency)
);

create table purser.payment_options (
  id uuid primary key,
  -- The country it is for; null rows are the default set, for countries without rows of their own.
  country char(2) check (country ~ '^[A-Z]{2}$'),
  method text not null,
  gateway text not null,
  is_enabled boolean not null,
  display_name text not null,
  instructions text,
  -- Bank details and wallet information, by method.
  details jsonb not null,
  sort_order integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique nulls not distinct (country, method)
);
