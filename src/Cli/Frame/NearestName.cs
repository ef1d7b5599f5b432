namespace Toolkit.Cli.Frame;

/// <summary>Finds what a person meant to type.</summary>
internal static class NearestName
{
    /// <summary><c> Did you mean 'train'?</c> as the end of a message, or nothing where no name is near.</summary>
    public static string Hint(string typed, IEnumerable<string> known) =>
        Find(typed, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    /// <summary>The known name with the fewest edits to the typed one; null where that is over two fifths of its letters.</summary>
    public static string? Find(string typed, IEnumerable<string> known) => known
        .Select(name => (Name: name, Edits: Edits(typed, name)))
        .Where(candidate => candidate.Edits * 5 <= Math.Max(candidate.Name.Length, 3) * 2)
        .OrderBy(candidate => candidate.Edits)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Edits(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                int edits = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + cost);
                bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                table[i, j] = swapped ? Math.Min(edits, table[i - 2, j - 2] + 1) : edits;
            }
        }

        return table[a.Length, b.Length];
    }
}
