namespace Toolkit.Onnx;

/// <summary>Keeps messages to one line of bounded length, whatever names a file from a stranger holds.</summary>
internal static class ErrorText
{
    private const int MaxLength = 1000;

    public static string OneLine(string message)
    {
        string text = message.Length <= MaxLength ? message : $"{message.AsSpan(0, MaxLength)}…";
        return !text.AsSpan().ContainsAnyInRange('\0', '\u001F') ? text
            : string.Create(text.Length, text, (target, source) =>
            {
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = char.IsControl(source[i]) ? ' ' : source[i];
                }
            });
    }
}
