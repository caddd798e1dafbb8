using System.Reflection;

namespace Shali.Platform.Kernel;

/// <summary>Files that travel inside an assembly, named by their path in the project.</summary>
public static class Resource
{
    public static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(
            assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} carries no file {name}."));
        return reader.ReadToEnd();
    }

    public static IEnumerable<string> Lines(Assembly assembly, string name)
    {
        using var reader = new StringReader(Text(assembly, name));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
