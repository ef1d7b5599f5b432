using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>Checks of the kernels' arguments, and their messages.</summary>
internal static class Check
{
    /// <summary>Throws unless a span has the length that it must have.</summary>
    public static void Length(int actual, int expected, [CallerArgumentExpression(nameof(actual))] string name = "")
    {
        if (actual != expected)
        {
            ThrowLength(actual, expected, name);
        }
    }

    /// <summary>Throws unless a span holds a [rows, columns] matrix.</summary>
    public static void Matrix(int actual, int rows, int columns, [CallerArgumentExpression(nameof(actual))] string name = "")
    {
        if (rows < 0 || columns < 0 || actual != (long)rows * columns)
        {
            throw new ArgumentException($"{Parameter(name)}: expected {rows} rows of {columns} elements, got {actual} elements.", Parameter(name));
        }
    }

    private static void ThrowLength(int actual, int expected, string name) =>
        throw new ArgumentException($"{Parameter(name)}: expected {expected} elements, got {actual}.", Parameter(name));

    private static string Parameter(string expression) => expression.Replace(".Length", "", StringComparison.Ordinal);
}
