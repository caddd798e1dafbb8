using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Shali.Platform.Audit;
using Shali.Platform.Identity;
using Shali.Platform.Kernel;
using Shali.Platform.Registry;
using Shali.Platform.Registry.Load;
using Shali.Platform.Registry.Types;
using Shali.Portal;

namespace Shali.Bench;

/// <summary>The bulk load beside plain COPY of the same file.</summary>
/// <param name="LoadSeconds">Reading, checking, writing and journaling every row through the platform.</param>
/// <param name="CopySeconds">COPY of the same file into a table of the same columns with the same indexes.</param>
/// <param name="BareSeconds">COPY of the same file into a table without any index.</param>
/// <param name="AgainSeconds">The same file loaded a second time: nothing changes.</param>
/// <param name="ManagedPeak">Most bytes the managed heap held, in MB.</param>
/// <param name="ProcessPeak">Most memory the process held, in MB.</param>
public sealed record LoadFigures(
    long Rows, double LoadSeconds, double CopySeconds, double BareSeconds, double AgainSeconds, double ManagedPeak, double ProcessPeak)
{
    /// <summary>Of the same indexes; 1 is as fast as COPY.</summary>
    public double Ratio => CopySeconds / LoadSeconds;

    public double BareRatio => BareSeconds / LoadSeconds;
}

/// <summary><c>load.bulk</c>, on the database of a connection string whose tables exist.</summary>
public static class LoadBench
{
    private static readonly Caller Clerk = new()
    {
        Id = "bench:clerk",
        Name = "王芳",
        Kind = CallerKind.Staff,
        Office = "police",
        OfficeName = "公安局",
        Address = "127.0.0.1",
    };

    public static async Task<LoadFigures> Run(string connectionString, int rows, string folder, Action<string>? say = null)
    {
        Directory.CreateDirectory(folder);
        var csv = Path.Combine(folder, "people.csv");
        Write(csv, rows);
        say?.Invoke($"{rows} rows, {new FileInfo(csv).Length >> 20} MB");
        await using var db = new Db(ShaliHost.DataSource(connectionString));
        var registry = new ResourceRegistry(db, [], TimeProvider.System);
        await registry.Open();
        await using var log = new AuditLog(db, new AuditSettings(), TimeProvider.System, () => ["load_bench"], NullLogger<AuditLog>.Instance);
        var person = (await registry.Publish(Person(), Clerk)).Value;
        await Empty(db, person);
        await Checkpoint(db);
        using var memory = new MemoryWatch();
        var load = await Load(db, registry, log, person, csv, folder, rows, expectNew: rows);
        say?.Invoke($"load {load:0.0} s");
        var again = await Load(db, registry, log, person, csv, folder, rows, expectNew: 0);
        var (managed, process) = memory.Peak();
        say?.Invoke($"again {again:0.0} s, memory {managed:0} MB managed, {process:0} MB process");
        await Empty(db, person);
        var copy = await Copy(db, person, csv, indexes: true);
        say?.Invoke($"copy with indexes {copy:0.0} s");
        var bare = await Copy(db, person, csv, indexes: false);
        say?.Invoke($"copy without indexes {bare:0.0} s");
        return new(rows, load, copy, bare, again, managed, process);
    }

    private static ResourceDefinition Person() => new()
    {
        Id = "load-bench/person",
        Name = "装载测速",
        Clause = "D1",
        Owner = "police",
        Match = ["citizen_number"],
        Fields =
        [
            new() { Name = "citizen_number", Label = "公民身份号码", Type = FieldTypes.CitizenNumber, Required = true, Unique = true },
            new() { Name = "name", Label = "姓名", Type = FieldTypes.Text, Required = true, Indexed = true, LengthMax = 50 },
            new() { Name = "sex", Label = "性别", Type = FieldTypes.Code, CodeList = "sex" },
            new() { Name = "birth_date", Label = "出生日期", Type = FieldTypes.Date, Required = true, Indexed = true, Min = "1900-01-01" },
            new() { Name = "nationality", Label = "民族", Type = FieldTypes.Text, LengthMax = 20 },
            new() { Name = "address", Label = "住址", Type = FieldTypes.Text, LengthMax = 200 },
            new() { Name = "region", Label = "行政区划", Type = FieldTypes.PostalCode, Indexed = true },
            new() { Name = "household", Label = "户号", Type = FieldTypes.Integer, Indexed = true },
            new() { Name = "relation", Label = "与户主关系", Type = FieldTypes.Text, LengthMax = 20 },
            new() { Name = "phone", Label = "联系电话", Type = FieldTypes.Phone },
            new() { Name = "marriage", Label = "婚姻状况", Type = FieldTypes.Text, LengthMax = 20 },
            new() { Name = "education", Label = "学历", Type = FieldTypes.Text, LengthMax = 20 },
            new() { Name = "registered_on", Label = "登记日期", Type = FieldTypes.Date },
            new() { Name = "note", Label = "备注", Type = FieldTypes.Text, LengthMax = 200 },
        ],
    };

    private static async Task<double> Load(
        Db db, ResourceRegistry registry, AuditLog log, ResourceDefinition person, string csv, string folder, long rows, long expectNew)
    {
        var settings = new LoadSettings(Path.Combine(folder, "uploads"));
        var (files, jobs) = (new LoadFiles(settings), new LoadJobs(db, settings, TimeProvider.System));
        var id = Ulid.Next(TimeProvider.System);
        await using var body = File.OpenRead(csv);
        var (file, bytes, hash) = (await files.Keep(body, id)).Value;
        var job = new LoadJob
        {
            Id = id,
            Resource = person.Id,
            FileName = "people.csv",
            File = file,
            Bytes = bytes,
            Sha256 = hash,
            Who = Clerk,
            Options = new() { Purpose = "装载测速" },
            State = LoadState.Waiting,
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        await jobs.Add(job);
        var run = new LoadRun(db, registry, jobs, files, log, [], settings, TimeProvider.System);
        var clock = Stopwatch.StartNew();
        var claimed = (await jobs.Claim())!;
        await run.Run(claimed, CancellationToken.None);
        var seconds = clock.Elapsed.TotalSeconds;
        var done = (await jobs.Get(id))!;
        if (done.State != LoadState.Done || done.Counts.Read != rows || done.Counts.New != expectNew || done.Counts.Bad != 0)
        {
            throw new InvalidOperationException($"The load did not do what it should: {done.State} {done.Counts} {done.Note}");
        }

        files.Remove(done);
        return seconds;
    }

    private static async Task<double> Copy(Db db, ResourceDefinition person, string csv, bool indexes)
    {
        var plan = Plan.Of(person);
        var columns = string.Join(", ", plan.Fields.Select(field => Sql.Name(field.Name).Text));
        await db.Run(Sql.Trusted("drop table if exists public.load_bench"));
        await db.Run(Sql.Trusted($"create table public.load_bench as select {columns} from {plan.Table} with no data"));
        if (indexes)
        {
            // The same as the platform's, the key's own among them.
            await db.Run(Sql.Trusted("create unique index on public.load_bench (citizen_number)"));
            await db.Run(Sql.Trusted("create index on public.load_bench (name collate \"zh-x-icu\", citizen_number)"));
            foreach (var column in (string[])["birth_date", "region", "household"])
            {
                await db.Run(Sql.Trusted($"create index on public.load_bench ({column}, citizen_number)"));
            }
        }

        await Checkpoint(db);
        await using var connection = await db.Source.OpenConnectionAsync();
        var clock = Stopwatch.StartNew();
        using (var file = new StreamReader(csv, Encoding.UTF8))
        await using (var copy = await connection.BeginTextImportAsync(
            $"COPY public.load_bench ({columns}) FROM STDIN (FORMAT csv, HEADER true)"))
        {
            var buffer = new char[1 << 16];
            int read;
            while ((read = await file.ReadBlockAsync(buffer)) > 0)
            {
                await copy.WriteAsync(buffer.AsMemory(0, read));
            }
        }

        var seconds = clock.Elapsed.TotalSeconds;
        await db.Run(Sql.Trusted("drop table public.load_bench"));
        return seconds;
    }

    /// <summary>What was written before must not be paid for by what is measured next.</summary>
    private static async Task Checkpoint(Db db)
    {
        if (await db.Scalar<bool>($"select pg_has_role(current_user, 'pg_checkpoint', 'member')"))
        {
            await db.Run(Sql.Trusted("checkpoint"));
        }
    }

    private static Task<int> Empty(Db db, ResourceDefinition person) => db.Run(Sql.Trusted(
        $"truncate {Plan.Of(person).Table}, {Plan.Of(person).Past}; delete from load_bench.journal; delete from load_bench.act"));

    /// <summary>Made up: the numbers have right check digits and belong to nobody on purpose.</summary>
    private static void Write(string path, int rows)
    {
        string[] surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"];
        string[] given = ["伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀英", "桂兰", "建国"];
        string[] regions = ["411102", "411103", "411104", "411121", "411122"];
        string[] relations = ["户主", "配偶", "子", "女", "父", "母"];
        string[] marriages = ["未婚", "已婚", "丧偶", "离婚"];
        string[] educations = ["小学", "初中", "高中", "大学专科", "大学本科", "研究生"];
        var random = new Random(20261123);
        var used = new Dictionary<int, int>();
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        writer.WriteLine("citizen_number,name,sex,birth_date,nationality,address,region,household,relation,phone,marriage,education,registered_on,note");
        var first = new DateOnly(1935, 1, 1);
        for (var i = 0; i < rows; i++)
        {
            var place = random.Next(regions.Length);
            var day = random.Next(33_000);
            var serial = used[(place * 100_000) + day] = used.GetValueOrDefault((place * 100_000) + day) + 1;
            var birth = first.AddDays(day);
            var number = Checked(string.Create(CultureInfo.InvariantCulture, $"{regions[place]}{birth:yyyyMMdd}{serial % 1000:000}"));
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{number},{surnames[random.Next(10)]}{given[random.Next(20)]}{given[random.Next(20)]},{1 + (serial % 2)},{birth:yyyy-MM-dd},汉族,"));
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"漯河市人民路{random.Next(1, 900)}号{random.Next(1, 30)}号楼{random.Next(101, 2805)}室,{462000 + place},{i / 3},{relations[i % 6]},"));
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"139{random.Next(100_000_000):00000000},{marriages[random.Next(4)]},{educations[random.Next(6)]},{first.AddDays(day + random.Next(300)):yyyy-MM-dd},\n"));
        }
    }

    private static string Checked(string digits)
    {
        ReadOnlySpan<int> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += (digits[i] - '0') * weights[i];
        }

        return digits + "10X98765432"[sum % 11];
    }

    /// <summary>Looks at the memory ten times a second.</summary>
    private sealed class MemoryWatch : IDisposable
    {
        private readonly Timer _timer;
        private long _managed;
        private long _process;

        public MemoryWatch()
        {
            _timer = new(_ => Look(), null, 0, 100);
        }

        public (double Managed, double Process) Peak() => (_managed / 1048576d, _process / 1048576d);

        public void Dispose() => _timer.Dispose();

        private void Look()
        {
            _managed = Math.Max(_managed, GC.GetTotalMemory(false));
            using var process = Process.GetCurrentProcess();
            _process = Math.Max(_process, process.WorkingSet64);
        }
    }
}
