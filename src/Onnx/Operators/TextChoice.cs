namespace Toolkit.Onnx.Operators;

/// <summary>An attribute that is one of a few texts, kept as its number in the list of them.</summary>
internal static class TextChoice
{
    /// <summary>The number of the text that the attribute holds, or the default where it is absent.</summary>
    public static int Read(AttributeReader reader, string name, int defaultChoice, ReadOnlySpan<string> choices)
    {
        string text = reader.String(name, choices[defaultChoice]);
        int choice = choices.IndexOf(text);
        return choice >= 0 ? choice : throw reader.Error($"expected one of {string.Join(", ", choices.ToArray())} for '{name}', got '{text}'.");
    }
}
