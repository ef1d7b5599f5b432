using System.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// The stroke skeletons of the digits: several ways of writing each. A stroke is a smooth curve through its points, x to
/// the right in [0, 0.7], y down in [0, 1]; a point given twice is a corner, and a stroke that ends where it began is closed.
/// </summary>
internal static class DigitSkeletons
{
    private static readonly Vector2[][][][] Table =
    [
        [ // 0: an oval; one that overlaps where the pen came back; a narrow one
            [Stroke(0.33f, 0, 0.09f, 0.17f, 0, 0.5f, 0.09f, 0.84f, 0.33f, 1, 0.57f, 0.84f, 0.66f, 0.5f, 0.57f, 0.17f, 0.33f, 0)],
            [Stroke(0.46f, 0.06f, 0.2f, 0.06f, 0.03f, 0.36f, 0.06f, 0.78f, 0.3f, 1, 0.55f, 0.83f, 0.63f, 0.42f, 0.5f, 0.08f, 0.3f, 0, 0.2f, 0.12f)],
            [Stroke(0.28f, 0, 0.12f, 0.22f, 0.08f, 0.55f, 0.15f, 0.88f, 0.3f, 1, 0.45f, 0.85f, 0.5f, 0.5f, 0.44f, 0.18f, 0.28f, 0)],
        ],
        [ // 1: a bar; with a flag; with a flag and a base
            [Stroke(0.33f, 0, 0.32f, 0.5f, 0.33f, 1)],
            [Stroke(0.1f, 0.24f, 0.36f, 0, 0.36f, 0, 0.35f, 0.5f, 0.36f, 1)],
            [Stroke(0.12f, 0.2f, 0.36f, 0, 0.36f, 0, 0.36f, 1), Stroke(0.1f, 1, 0.62f, 1)],
        ],
        [ // 2: with a corner at the foot; with a loop there; with a flat foot and a high arch
            [Stroke(0.03f, 0.22f, 0.15f, 0.04f, 0.38f, 0, 0.6f, 0.14f, 0.56f, 0.38f, 0.33f, 0.68f, 0.02f, 1, 0.02f, 1, 0.67f, 0.97f)],
            [Stroke(0.05f, 0.2f, 0.26f, 0, 0.55f, 0.08f, 0.56f, 0.36f, 0.32f, 0.74f, 0.1f, 0.96f, 0.02f, 0.85f, 0.18f, 0.76f, 0.42f, 0.95f, 0.7f, 0.92f)],
            [Stroke(0.1f, 0.14f, 0.35f, 0, 0.58f, 0.2f, 0.45f, 0.5f, 0.06f, 0.96f, 0.06f, 0.96f, 0.36f, 0.9f, 0.66f, 1)],
        ],
        [ // 3: two bows; a flat top; two bows that meet in a small loop
            [Stroke(0.06f, 0.12f, 0.3f, 0, 0.56f, 0.13f, 0.52f, 0.35f, 0.26f, 0.46f, 0.26f, 0.46f, 0.55f, 0.56f, 0.62f, 0.8f, 0.35f, 1, 0.02f, 0.88f)],
            [Stroke(0.06f, 0.02f, 0.6f, 0.02f, 0.6f, 0.02f, 0.27f, 0.4f, 0.27f, 0.4f, 0.54f, 0.48f, 0.63f, 0.74f, 0.36f, 1, 0.02f, 0.9f)],
            [Stroke(0.05f, 0.1f, 0.32f, 0, 0.55f, 0.16f, 0.42f, 0.42f, 0.2f, 0.5f, 0.3f, 0.42f, 0.56f, 0.56f, 0.6f, 0.82f, 0.32f, 1, 0.04f, 0.9f)],
        ],
        [ // 4: open; closed; open and round
            [Stroke(0.12f, 0, 0.02f, 0.52f, 0.02f, 0.52f, 0.66f, 0.52f), Stroke(0.52f, 0.15f, 0.5f, 1)],
            [Stroke(0.5f, 0, 0, 0.64f, 0, 0.64f, 0.7f, 0.64f), Stroke(0.5f, 0, 0.48f, 1)],
            [Stroke(0.08f, 0.04f, 0.08f, 0.4f, 0.28f, 0.52f, 0.56f, 0.4f), Stroke(0.58f, 0, 0.54f, 0.5f, 0.52f, 1)],
        ],
        [ // 5: the flag drawn last; in one stroke; like an S
            [Stroke(0.12f, 0.02f, 0.08f, 0.43f, 0.08f, 0.43f, 0.36f, 0.36f, 0.61f, 0.57f, 0.55f, 0.87f, 0.28f, 1, 0, 0.9f), Stroke(0.12f, 0.02f, 0.62f, 0)],
            [Stroke(0.6f, 0.03f, 0.16f, 0.02f, 0.16f, 0.02f, 0.07f, 0.46f, 0.07f, 0.46f, 0.36f, 0.42f, 0.58f, 0.66f, 0.46f, 0.92f, 0.2f, 1, 0.02f, 0.94f)],
            [Stroke(0.6f, 0.05f, 0.3f, 0.01f, 0.12f, 0.2f, 0.22f, 0.4f, 0.5f, 0.53f, 0.6f, 0.77f, 0.36f, 1, 0.04f, 0.92f)],
        ],
        [ // 6: a round back; a straight back and a small loop; a wide loop
            [Stroke(0.52f, 0.02f, 0.2f, 0.2f, 0.03f, 0.56f, 0.08f, 0.88f, 0.32f, 1, 0.58f, 0.85f, 0.54f, 0.6f, 0.3f, 0.52f, 0.06f, 0.72f)],
            [Stroke(0.32f, 0, 0.12f, 0.4f, 0.04f, 0.76f, 0.22f, 1, 0.5f, 0.92f, 0.52f, 0.7f, 0.3f, 0.62f, 0.06f, 0.82f)],
            [Stroke(0.42f, 0, 0.14f, 0.3f, 0.02f, 0.64f, 0.14f, 0.94f, 0.4f, 1, 0.64f, 0.78f, 0.5f, 0.54f, 0.2f, 0.58f, 0.04f, 0.74f)],
        ],
        [ // 7: plain; with a bar; with a serif and a bent stem
            [Stroke(0, 0.04f, 0.63f, 0.03f, 0.63f, 0.03f, 0.4f, 0.5f, 0.24f, 1)],
            [Stroke(0, 0.04f, 0.63f, 0.03f, 0.63f, 0.03f, 0.24f, 1), Stroke(0.14f, 0.5f, 0.6f, 0.47f)],
            [Stroke(0.02f, 0.18f, 0.04f, 0.03f, 0.04f, 0.03f, 0.34f, 0.07f, 0.65f, 0.02f, 0.65f, 0.02f, 0.42f, 0.38f, 0.3f, 1)],
        ],
        [ // 8: in one stroke, crossing; two rings; begun at the upper right
            [Stroke(0.33f, 0, 0.1f, 0.16f, 0.28f, 0.44f, 0.58f, 0.72f, 0.34f, 1, 0.06f, 0.76f, 0.36f, 0.46f, 0.56f, 0.2f, 0.33f, 0)],
            [Stroke(0.33f, 0, 0.12f, 0.22f, 0.33f, 0.45f, 0.54f, 0.22f, 0.33f, 0), Stroke(0.33f, 0.45f, 0.05f, 0.73f, 0.33f, 1, 0.61f, 0.73f, 0.33f, 0.45f)],
            [Stroke(0.58f, 0.1f, 0.32f, 0, 0.1f, 0.18f, 0.26f, 0.42f, 0.54f, 0.66f, 0.44f, 0.96f, 0.14f, 0.96f, 0.1f, 0.7f, 0.4f, 0.42f, 0.6f, 0.12f)],
        ],
        [ // 9: a straight stem; a tail that curls; a ring and a stem
            [Stroke(0.58f, 0.2f, 0.36f, 0, 0.08f, 0.16f, 0.1f, 0.42f, 0.36f, 0.46f, 0.58f, 0.2f, 0.58f, 0.2f, 0.54f, 0.6f, 0.52f, 1)],
            [Stroke(0.56f, 0.18f, 0.34f, 0, 0.07f, 0.18f, 0.12f, 0.43f, 0.38f, 0.44f, 0.57f, 0.16f, 0.57f, 0.16f, 0.6f, 0.55f, 0.46f, 0.92f, 0.12f, 1)],
            [Stroke(0.3f, 0.02f, 0.06f, 0.26f, 0.28f, 0.5f, 0.54f, 0.26f, 0.3f, 0.02f), Stroke(0.56f, 0.08f, 0.5f, 0.55f, 0.36f, 1)],
        ],
    ];

    /// <summary>The most points that a way of writing has, all its strokes together.</summary>
    public const int MaxPoints = 16;

    /// <summary>The ways of writing a digit, each a list of strokes.</summary>
    public static ReadOnlySpan<Vector2[][]> WaysOf(int digit) => Table[digit];

    private static Vector2[] Stroke(params ReadOnlySpan<float> coordinates)
    {
        var points = new Vector2[coordinates.Length / 2];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new Vector2(coordinates[2 * i], coordinates[(2 * i) + 1]);
        }

        return points;
    }
}
