#!/usr/bin/env python3
"""The two departments' own databases of the README's exchange: what one has, and an empty table where the other wants it."""
import csv
import os
import sqlite3

here = os.path.dirname(os.path.abspath(__file__))
for department in ("housing", "health"):
    os.makedirs(os.path.join("var", department), exist_ok=True)

with sqlite3.connect("var/housing/housing.db") as housing:
    housing.execute("create table if not exists 房屋 (房屋编号 text primary key, 地址 text, 区县 text, 建筑面积 numeric, 登记日期 text)")
    with open(os.path.join(here, "homes.csv"), encoding="utf-8") as rows:
        housing.executemany("insert or replace into 房屋 values (?, ?, ?, ?, ?)", [tuple(row.values()) for row in csv.DictReader(rows)])

with sqlite3.connect("var/health/health.db") as health:
    health.execute("create table if not exists homes (id text primary key, number text, address text, district text)")
