using System.Globalization;
using Toolkit.Cli.Frame;
using Toolkit.Numerics;

namespace Toolkit.Cli.Inputs;

/// <summary>Reads rows of numbers, a sample a row, separated by commas, semicolons, tabs or spaces. A first line of words is a heading.</summary>
internal static class CsvFile
{
    private static readonly char[] Separators = [',', ';', '\t', ' '];

    /// <summary>The rows as [rows, columns].</summary>
    /// <exception cref="UsageException">A cell is no number, or rows differ in length; names file and line.</exception>
    public static Tensor<float> Read(string path)
    {
        var values = new List<float>();
        int rows = 0;
        int columns = 0;
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] cells = line.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (cells.Length == 0 || (rows == 0 && number == 1 && !cells.Any(cell => TryParse(cell, out _))))
            {
                continue;
            }

            columns = rows == 0 ? cells.Length : columns;
            if (cells.Length != columns)
            {
                throw new UsageException($"'{path}' line {number}: expected {columns} columns as in the first row, got {cells.Length}.");
            }

            foreach (string cell in cells)
            {
                values.Add(TryParse(cell, out float value)
                    ? value
                    : throw new UsageException($"'{path}' line {number}: expected a number, got '{cell}'."));
            }

            rows++;
        }

        return rows > 0
            ? Tensor.From<float>([rows, columns], values.ToArray())
            : throw new UsageException($"'{path}': expected rows of numbers, found none.");
    }

    private static bool TryParse(string cell, out float value) =>
        float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
