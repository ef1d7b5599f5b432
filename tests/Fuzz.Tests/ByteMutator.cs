namespace Toolkit.Fuzz.Tests;

/// <summary>Damages a file without regard to what its bytes mean.</summary>
internal static class ByteMutator
{
    /// <summary>A damaged copy.</summary>
    public static byte[] Mutate(Random random, byte[] bytes, byte[] other) => random.Next(7) switch
    {
        0 => [.. bytes.AsSpan(0, random.Next(bytes.Length))],
        1 => Splice(random, bytes, other),
        2 => Insert(random, bytes, bytes),
        3 => Remove(random, bytes),
        4 => Overwrite(random, bytes),
        _ => Flip(random, bytes),
    };

    private static byte[] Flip(Random random, byte[] bytes)
    {
        byte[] damaged = [.. bytes];
        for (int flips = random.Next(1, 9); flips > 0; flips--)
        {
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
        }

        return damaged;
    }

    private static byte[] Overwrite(Random random, byte[] bytes)
    {
        byte[] damaged = [.. bytes];
        int start = random.Next(damaged.Length);
        Span<byte> part = damaged.AsSpan(start, Math.Min(random.Next(1, 11), damaged.Length - start));
        if (random.Next(2) == 0)
        {
            part.Fill((byte)(random.Next(2) == 0 ? 0xFF : 0x80));
        }
        else
        {
            random.NextBytes(part);
        }

        return damaged;
    }

    private static byte[] Splice(Random random, byte[] bytes, byte[] other) =>
        [.. bytes.AsSpan(0, random.Next(bytes.Length + 1)), .. other.AsSpan(random.Next(other.Length))];

    private static byte[] Insert(Random random, byte[] bytes, byte[] from)
    {
        int start = random.Next(from.Length);
        int length = random.Next(1, from.Length - start + 1);
        int at = random.Next(bytes.Length + 1);
        return [.. bytes.AsSpan(0, at), .. from.AsSpan(start, length), .. bytes.AsSpan(at)];
    }

    private static byte[] Remove(Random random, byte[] bytes)
    {
        int start = random.Next(bytes.Length);
        int length = Math.Min(random.Next(1, 33), bytes.Length - start);
        return [.. bytes.AsSpan(0, start), .. bytes.AsSpan(start + length)];
    }
}
