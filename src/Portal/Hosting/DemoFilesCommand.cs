using System.Globalization;
using Shali.Centres.Demo;
using Shali.Platform.Kernel;

namespace Shali.Portal.Hosting;

/// <summary><c>demo-files DIR [--people N] [--seed S]</c>: the demo city as CSV files, without a database.</summary>
internal static class DemoFilesCommand
{
    private const string Usage = "用法：demo-files 目录 [--people 人数] [--seed 种子]";

    public static async Task<int> Run(string[] args)
    {
        var (people, seed) = (50_000, 411_100);
        if (args is not [var folder, .. var rest] || folder.StartsWith('-') || rest.Length % 2 != 0)
        {
            throw new StartRefusedException(Usage);
        }

        for (var i = 0; i < rest.Length; i += 2)
        {
            if (!int.TryParse(rest[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                throw new StartRefusedException($"{rest[i]} 后面应为整数。\n{Usage}");
            }

            (people, seed) = rest[i] switch
            {
                "--people" => (Math.Max(1, number), seed),
                "--seed" => (people, number),
                var unknown => throw new StartRefusedException($"不认识的参数 {unknown}。\n{Usage}"),
            };
        }

        var plan = new DemoPlan(people, (ulong)seed, TimeProvider.System.Today());
        foreach (var (name, rows) in (await DemoFiles.Write(plan, folder)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"{name}.csv\t{rows}");
        }

        return 0;
    }
}
