namespace Shali.Centres.Demo;

/// <summary>The file of seeded faults: kind, resource, key, the other record, and what is wrong.</summary>
public sealed class DemoTruthFile : IAsyncDisposable
{
    private readonly StreamWriter _file;

    public DemoTruthFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _file = new StreamWriter(path, append: false) { NewLine = "\n" };
        _file.WriteLine("kind,resource,key,other,note");
    }

    public void Add(IEnumerable<DemoTruth> truths)
    {
        foreach (var truth in truths)
        {
            _file.WriteLine($"{truth.Kind},{truth.Resource},{truth.Key},{truth.Other},{truth.Note}");
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
