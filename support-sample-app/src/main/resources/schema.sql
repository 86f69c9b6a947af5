-- Read by H2 and by PostgreSQL, at every start.

create table if not exists receipt (
  number      bigint generated always as identity primary key, -- the order of the pages
  id          uuid not null unique,
  merchant    varchar(64) not null,
  amount      numeric(19, 4) not null check (amount > 0), -- decimals as in the currency, 4 at most
  currency    char(3) not null,
  issued_at   timestamp(6) with time zone not null,
  notary      varchar(32) not null,
  serial      bigint not null,
  stamped_at  timestamp(6) with time zone not null,
  signature   varchar(44) not null -- 32 bytes in Base64
);

create index if not exists receipt_by_merchant on receipt (merchant, number);

create table if not exists receipt_line (
  receipt_id  uuid not null references receipt (id),
  line        smallint not null,
  text        varchar(200) not null,
  quantity    integer not null check (quantity > 0),
  unit_price  numeric(19, 4) not null,
  primary key (receipt_id, line)
);
