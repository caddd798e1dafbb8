using Shali.Platform.Kernel;

namespace Shali.Platform.Documents.Fonts;

/// <summary>
/// The faces in which documents are set: a Song face with all characters of the table of general standard Chinese
/// characters (通用规范汉字表), in two weights. From Debian's package fonts-noto-cjk, which ./run installs.
/// </summary>
internal sealed class DocumentFonts : IDisposable
{
    private const string Family = "Noto Serif CJK SC";

    private static readonly string[] Folders =
        ["/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk", "/usr/local/share/fonts"];

    private readonly Lazy<Face> _regular = new(() => Open("NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular"));
    private readonly Lazy<Face> _bold = new(() => Open("NotoSerifCJK-Bold.ttc", "NotoSerifCJKsc-Bold"));

    public Face Regular => _regular.Value;

    public Face Bold => _bold.Value;

    public void Dispose()
    {
        if (_regular.IsValueCreated)
        {
            _regular.Value.Dispose();
        }

        if (_bold.IsValueCreated)
        {
            _bold.Value.Dispose();
        }
    }

    private static Face Open(string file, string name) =>
        Folders.Select(folder => Face.Open(Path.Combine(folder, file), Family, name)).FirstOrDefault(face => face is not null)
        ?? throw new StartRefusedException(Text.FontMissing(file));
}
