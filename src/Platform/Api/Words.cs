namespace Shali.Platform.Api;

/// <summary>What may come in as text: anything that UTF-8 can write and PostgreSQL can store.</summary>
internal static class Words
{
    /// <summary>No null character and no half of a surrogate pair.</summary>
    public static bool Clean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\0')
            {
                return false;
            }

            if (!char.IsSurrogate(c))
            {
                continue;
            }

            if (!char.IsHighSurrogate(c) || i + 1 >= text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                return false;
            }

            i++;
        }

        return true;
    }
}
