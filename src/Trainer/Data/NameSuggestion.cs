namespace Toolkit.Trainer.Data;

/// <summary>The known name that is nearest to a mistyped one.</summary>
public static class NameSuggestion
{
    /// <summary>The end of a message about an unknown name: the nearest known one, where one is near, and all of them.</summary>
    public static string For(string name, IReadOnlyList<string> known)
    {
        string? nearest = Nearest(name, known);
        return (nearest is null ? "" : $"did you mean '{nearest}'? ") + $"Known: {string.Join(", ", known)}.";
    }

    /// <summary>The known name with the fewest edits to <paramref name="name"/>; null where even that one differs in over half of its letters.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        string? nearest = null;
        int fewest = int.MaxValue;
        foreach (string candidate in known)
        {
            int distance = Distance(name, candidate);
            if (distance < fewest && distance * 2 <= candidate.Length)
            {
                (nearest, fewest) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>
    /// Optimal string alignment, letters' case ignored: the fewest insertions, deletions, replacements and swaps of neighbours.
    /// </summary>
    public static int Distance(string a, string b)
    {
        var beforeLast = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            (beforeLast, last, row) = (last, row, beforeLast);
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = last[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                row[j] = Math.Min(replaced, 1 + Math.Min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }
        }

        return row[b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
