using Toolkit.Onnx.Tests.Operators;

namespace Toolkit.Onnx.Tests.Writing;

/// <summary>ONNX's own checker accepts what is written, and infers the same shapes.</summary>
public class OnnxCheckerTests
{
    private const string Program = """
        import glob, os, sys
        import onnx
        for path in sorted(glob.glob(os.path.join(sys.argv[1], '*.onnx'))):
            model = onnx.load(path)
            try:
                onnx.checker.check_model(model, full_check=True)
                del model.graph.value_info[:]
                del model.graph.output[0].type.tensor_type.shape.dim[:]
                model.graph.output[0].type.tensor_type.ClearField('shape')
                inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
                kind = inferred.graph.output[0].type.tensor_type
                dims = [d.dim_param or (str(d.dim_value) if d.HasField('dim_value') else '?') for d in kind.shape.dim]
                shape = '[' + ','.join(dims) + ']' if kind.HasField('shape') else 'none'
                print(os.path.basename(path), 'ok', kind.elem_type, shape)
            except Exception as error:
                print(os.path.basename(path), 'error', str(error).replace('\n', ' '))
        """;

    [OnnxCheckerFact]
    public void The_checker_accepts_every_operator_and_infers_the_same()
    {
        string folder = Directory.CreateTempSubdirectory("toolkit-checker-").FullName;
        try
        {
            Models.Mlp().Save(Path.Combine(folder, "mlp.onnx"));

            // The checker that is installed may be older than the newest operators.
            OperatorCase[] cases = [.. OperatorCases.All.Where(item => item.Operator.Domain.Length == 0 && OperatorTable.Find("", item.Operator.OpType)!.SinceVersion <= OnnxModel.DefaultOpset && item.MinOpset <= OnnxModel.DefaultOpset)];
            for (int i = 0; i < cases.Length; i++)
            {
                cases[i].Model().Save(Path.Combine(folder, $"{i:D3}.onnx"));
            }

            (int exitCode, string output) = OnnxCheckerFactAttribute.Run(Program, folder);
            Assert.True(exitCode == 0, output);
            string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(cases.Length + 1, lines.Length);
            Assert.All(lines, line => Assert.Contains(" ok ", line, StringComparison.Ordinal));
            for (int i = 0; i < cases.Length; i++)
            {
                OperatorCase item = cases[i];
                string[] parts = lines[i].Split(' ');
                Assert.Equal(((int)item.Type).ToString(System.Globalization.CultureInfo.InvariantCulture), parts[2]);
                if (parts[3] != "none")
                {
                    AssertAgree(item, parts[3]);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Where both know a dimension it is the same one; either may know more than the other.</summary>
    private static void AssertAgree(OperatorCase item, string theirs)
    {
        string[] dimensions = theirs.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(item.Shape.Rank == dimensions.Length, $"{item}: expected {item.Shape}, ONNX infers {theirs}.");
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            string ours = item.Shape[axis].ToString();
            bool made = dimensions[axis].StartsWith("unk__", StringComparison.Ordinal);
            Assert.True(ours == "?" || dimensions[axis] == "?" || made || ours == dimensions[axis], $"{item}: expected {item.Shape}, ONNX infers {theirs}.");
        }
    }
}
