using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>Data sets in MNIST's form: one IDX file of grey images, one of their labels.</summary>
public static class IdxImages
{
    private const int LeastPixelsOfPart = 1 << 20;

    /// <summary>Loads a pair of files, plain or gzip.</summary>
    /// <param name="images">The file of images: uint8, [n, height, width].</param>
    /// <param name="labels">The file of labels: uint8, [n], each below <paramref name="classes"/>.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>Samples [n, 1, height, width] of pixel / 255, in [0, 1], and class indices [n].</returns>
    /// <exception cref="DatasetException">A file is missing, damaged, of another shape or type, or a label is out of range.</exception>
    public static Dataset Load(string images, string labels, int classes) =>
        ToDataset(ReadImages(images), ReadLabels(labels, classes), images, labels);

    internal static Tensor<byte> ReadImages(string path) => Expect(IdxFile.Read(path), 3, "images, uint8 [n, height, width]", path);

    internal static Tensor<byte> ReadLabels(string path, int classes)
    {
        Tensor<byte> labels = Expect(IdxFile.Read(path), 1, "labels, uint8 [n]", path);
        ReadOnlySpan<byte> values = labels.Span;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] >= classes)
            {
                throw new DatasetException($"{path}: expected labels from 0 to {classes - 1}, got {values[i]} at index {i}; the file is damaged or belongs to another data set.");
            }
        }

        return labels;
    }

    internal static Dataset ToDataset(Tensor<byte> images, Tensor<byte> labels, string imagesName, string labelsName)
    {
        int count = images.Shape[0];
        if (labels.Length != count)
        {
            throw new DatasetException($"{labelsName}: expected {count} labels, one for each image of {imagesName}, got {labels.Length}; the two files do not belong together.");
        }

        return new Dataset(Scale(images.Memory, [count, 1, images.Shape[1], images.Shape[2]]), Indices(labels.Span));
    }

    /// <summary>Pixels 0 to 255 as values 0 to 1, each correctly rounded.</summary>
    internal static Tensor<float> Scale(ReadOnlyMemory<byte> pixels, Shape shape)
    {
        float[] scale = [.. Enumerable.Range(0, 256).Select(pixel => pixel / 255f)];
        var values = new Tensor<float>(shape);
        Memory<float> destination = values.Memory;

        // By all processors: most of the time goes into pages of memory that are touched for the first time.
        int parts = Math.Clamp(pixels.Length / LeastPixelsOfPart, 1, Environment.ProcessorCount);
        Parallel.For(0, parts, part =>
        {
            int from = (int)((long)pixels.Length * part / parts);
            int to = (int)((long)pixels.Length * (part + 1) / parts);
            ReadOnlySpan<byte> source = pixels.Span[from..to];
            Span<float> target = destination.Span[from..to];
            for (int i = 0; i < source.Length; i++)
            {
                target[i] = scale[source[i]];
            }
        });
        return values;
    }

    internal static Tensor<float> Indices(ReadOnlySpan<byte> labels)
    {
        var values = new Tensor<float>([labels.Length]);
        for (int i = 0; i < labels.Length; i++)
        {
            values.Span[i] = labels[i];
        }

        return values;
    }

    private static Tensor<byte> Expect(Tensor tensor, int rank, string expected, string path) =>
        tensor is Tensor<byte> bytes && bytes.Shape.Rank == rank
            ? bytes
            : throw new DatasetException($"{path}: expected {expected}, got {ElementTypes.Get(tensor.ElementType).Name} {tensor.Shape}; this is another kind of IDX file.");
}
