namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The element that stands for nothing: 0, false, or the empty text.</summary>
internal static class ZeroElement
{
    /// <summary>It, in a type that stores elements.</summary>
    public static T Of<T>() => typeof(T) == typeof(string) ? (T)(object)"" : default!;
}
