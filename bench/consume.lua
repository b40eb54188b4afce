-- A load for wrk: every request spends credits of a random account under a key of its own.

local key, operation, accounts, load
local count = 0

function init(args)
  key, operation, accounts = args[1], args[2], tonumber(args[3])
  math.randomseed(os.time())
  load = string.format("wrk-%d-%d-%s", os.time(), math.random(1000000000), tostring(wrk.thread):gsub("[^%w]", ""))
end

function request()
  count = count + 1
  return wrk.format("POST", nil, {
    ["authorization"] = "Bearer " .. key,
    ["content-type"] = "application/json",
    ["purser-account"] = "ext:bench-" .. math.random(accounts),
    ["idempotency-key"] = load .. "-" .. count,
  }, '{"operation":"' .. operation .. '"}')
end
