using System.Globalization;

namespace Shali.Platform.Registry.Load;

/// <summary>Sentences of the bulk load.</summary>
internal static class Text
{
    public const string EmptyFile = "文件里没有数据行，请检查后重新上传。";
    public const string LockedOrOldWorkbook = "文件是加密的或旧版（.xls）的表格。请取消密码，另存为“Excel 工作簿（.xlsx）”后再上传。";
    public const string NotAWorkbook = "文件不是有效的 Excel 工作簿（.xlsx）。请用表格软件打开并另存为 .xlsx，或另存为 CSV。";
    public const string TooMuchSharedText = "工作簿里的文字太多，无法直接读取。请另存为 CSV 后上传。";
    public const string ZipBomb = "压缩文件展开后异常庞大，已停止读取。请另存为 CSV 后上传。";
    public const string NotGeoJson = "文件不是 GeoJSON 要素集合（FeatureCollection）。";

    public static string NthColumn(int n) => $"列{n}";

    public static string TooLong(long bytes) => $"文件超过 {bytes / (1 << 20)} MB 的上限，请拆分后分批上传。";

    public static string TooManyColumns(int max) => $"列数超过 {max} 的上限。请检查分隔符是否正确，或删除多余的列。";

    public static string UnknownEncoding(string name) => $"不支持编码“{name}”，可选 utf-8、gb18030 或 utf-16。";

    public static string WrongEncoding(string name, long row) =>
        $"第 {row} 行附近有不属于 {name} 编码的内容。请在“文件编码”中改选另一种编码后重试。";

    public static string EndlessRecord(long row) => $"第 {row} 行过长，可能是引号没有成对。请检查该行的引号。";

    public static string BrokenQuotes(long row) => $"第 {row} 行的引号使用不正确：引号内的引号应写两次，引号之后应是分隔符。";

    public static string Ragged(int expected, int found) => $"应有 {expected} 列，实际有 {found} 列。";

    public static string CellTooLong(string column, int max) => $"“{column}”的内容超过 {max:N0} 个字符。";

    public static string NoSuchSheet(string name, IEnumerable<string> sheets) =>
        $"工作簿中没有名为“{name}”的工作表；现有：{string.Join("、", sheets)}。";

    public static string BrokenWorkbook(long row) => $"工作簿在第 {row} 行之后已损坏，无法继续读取。请用表格软件打开并重新保存。";

    public static string Formula(string cell) => $"单元格 {cell} 是公式。请复制后“选择性粘贴为数值”再上传。";

    public static string CellError(string cell, string error) => $"单元格 {cell} 的值是错误 {error}。";

    public static string NumberLostDigits(string cell) =>
        $"单元格 {cell} 的长号码被存成了数字，末尾数字已丢失。请把该列设为“文本”格式并重新填写。";

    public static string DigitsLost(string column) =>
        $"“{column}”列有超过 15 位的号码被存成了数字，末尾数字已丢失，这些行不能导入。";

    public static string UnknownSystem(string name) => $"坐标系“{name}”不受支持，请转换为 CGCS2000（EPSG:4490）或 WGS 84（EPSG:4326）。";

    public static string BrokenJson(long feature) => $"第 {feature.ToString(CultureInfo.InvariantCulture)} 个要素处的 JSON 格式有误，无法继续读取。";

    public const string NeverEmpty = "每一行都有值，建议设为必填。";
    public const string AllDistinct = "各行的值互不相同，建议设为唯一。";
    public const string Empty = "整列为空，暂按文本处理。";
    public const string CodeNotNumber = "是编号而不是数量（有前导零、位数较长或列名表明是编号），按文本保存以免丢失数字。";
    public const string Personal = "含个人信息，建议默认脱敏显示。";

    public static string Unnamed(string name) => $"未命名列 {name}";

    public static string FewValues(int count) => $"只有 {count} 种取值，建议建立代码表。";

    public static string KnownCodes(string label) => $"取值都在现有代码表“{label}”之内。";

    public static string PlainText(int longest) => $"文本，最长 {longest} 个字符。";

    public static string AllFit(string kind) => $"全部值都符合“{kind}”的规则。";

    public static string MostFit(string kind, long wrong, long filled) =>
        $"绝大多数值符合“{kind}”的规则；{filled} 个值中有 {wrong} 个不符合，导入时会逐行列出。";

    public static string UnknownColumn(string column, int n) =>
        $"第 {n} 列“{column}”对不上任何字段。请选择对应的字段，或选择“不导入”。";

    public static string NoSuchField(string name) => $"没有名为“{name}”的字段。";

    public static string FieldTwice(string label, string first, string second) =>
        $"“{first}”和“{second}”两列都对应字段“{label}”，只能保留一列。";

    public static string RequiredMissing(string label) => $"缺少必填字段“{label}”对应的列。";

    public static string Missing(string label) => $"请填写{label}。";

    public static string SameRecord(string labels, long row) =>
        $"{labels}与第 {row} 行相同，但其他内容不同。请只保留一行。";

    public static string SameValue(string label, long row) => $"{label}与第 {row} 行重复。";

    public static string SeveralRecords(string labels) => $"已有多条记录的{labels}与本行相同，无法确定对应哪一条。";

    public static string KeyDiffers(string label, string key) => $"匹配到的记录{label}为 {key}，与本行不同，不能更改。";

    public static string ValueTaken(string label) => $"{label}与已有记录重复。";

    public const string SendFile = "请把文件本身作为请求正文发送（curl --data-binary @文件），不要用表单（multipart）。";

    public static string MaskedBack(string label) => $"{label}是遮挡后的内容，导入会毁掉原值；请填写完整内容，或者删去这一列。";

    public static string NoTarget(string label) => $"{label}所指的记录不存在。";

    /// <summary>All reasons of a row in one cell.</summary>
    public static string Reasons(ResourceDefinition resource, IEnumerable<Kernel.Refusal> reasons) =>
        string.Join("；", reasons.Select(reason =>
        {
            var column = resource.Field(reason.Field)?.Label ?? reason.Field;
            var sentence = reason.Sentence.TrimEnd('。');
            return column.Length == 0 || sentence.Contains(column, StringComparison.Ordinal) ? sentence : $"{column}：{sentence}";
        }));

    public static string LoadOf(string file) => $"批量导入 {file}";

    public static string NothingWritten(long bad) => $"有 {bad:N0} 行不符合要求。按“全部或不导入”的选择，没有写入任何数据。";

    public static string BrokenOff(string sentence, long written) => $"{sentence}在此之前的 {written:N0} 条记录已写入，更正文件后可以重新导入，不会重复。";

    public static string NoResource(string id) => $"资源“{id}”不存在。";

    public static string AuditNote(LoadJob job, LoadState state, LoadCounts counts) =>
        $"{StateOf(state)}：{job.FileName}（SHA-256 {job.Sha256}），读取 {counts.Read} 行，新增 {counts.New}，更新 {counts.Changed}，"
        + $"无变化 {counts.Unchanged}，有误 {counts.Bad}";

    public static string StateOf(LoadState state) => state switch
    {
        LoadState.Draft => "待确认",
        LoadState.Waiting => "排队中",
        LoadState.Checking => "检查中",
        LoadState.Loading => "写入中",
        LoadState.Done => "已完成",
        LoadState.Failed => "未完成",
        _ => "已取消",
    };

    public const string Broken = "导入因系统故障中断，已写入的数据完好。请稍后重新导入同一文件，不会重复。";

    public const string Nameless = "未命名文件";
    public static string OnlyBySystem(string resource) => $"“{resource}”的记录只能通过业务办理产生和变更，不能导入。";

    public const string AlreadyStarted = "这次导入已经开始，不能再更改。";
    public const string ChooseFile = "请选择要导入的文件。";
    public const string UploadBroken = "上传中断，文件不完整。请重新上传。";
    public const string FormExpired = "页面已过期，请刷新后重新上传。";
    public const string RejectSuffix = "-待更正";

    public static string NoLoad(string id) => $"没有编号为“{id}”的导入，或您无权查看。";

    public static string UnknownParameter(string name) => $"不认识的参数“{name}”。";

    public static string UnknownMode(string mode) => $"mode 只能是 good-rows 或 all-or-nothing，不能是“{mode}”。";

    public static string UnknownHeader(string header) => $"header 只能是 true 或 false，不能是“{header}”。";

    public static string UnknownDelimiter(string delimiter) => $"delimiter 只能是逗号、分号或 tab，不能是“{delimiter}”。";

    public const string UploadLead = "可以导入 CSV、Excel（.xlsx）和 GeoJSON 文件。上传后先核对各列，再开始写入。";
    public const string FileLabel = "文件";
    public const string FileHint = "CSV（UTF-8 或 GB18030）、.xlsx 或 GeoJSON，最大 4 GB。";
    public const string Upload = "上传并核对";
    public const string MyLoads = "导入记录";
    public const string NewLoad = "导入文件";
    public const string NoLoads = "还没有导入过文件。";
    public const string ColumnsTitle = "可以导入的列";
    public const string ColumnsLead = "列名写中文名称或字段名都可以，顺序不限；多余的列可以选择不导入。";
    public const string ColumnHeading = "列名";
    public const string NameHeading = "字段名";
    public const string KindHeading = "类型";
    public const string RequiredHeading = "必填";
    public const string RequiredWord = "必填";
    public const string RequiredMark = "（必填）";
    public const string NoteHeading = "说明";
    public const string EncodingLabel = "文件编码";
    public const string EncodingHint = "只用于 CSV。打开后出现乱码时改选。";
    public const string Automatic = "自动识别";
    public const string HeaderLabel = "第一行";
    public const string HasHeader = "是列名";
    public const string HasNoHeader = "就是数据";
    public const string SheetLabel = "工作表";
    public const string SheetHint = "只用于 Excel。不填时读取第一个工作表。";
    public const string ConfirmTitle = "核对各列";
    public const string SizeLabel = "大小";
    public const string Attention = "请注意";
    public const string ReadOtherwise = "换一种方式读取文件";
    public const string ReadAgain = "重新读取";
    public const string MappingTitle = "列与字段的对应";
    public const string MappingLead = "系统已按列名对应，请核对。对不上的列请选择字段，或选择“不导入”。";
    public const string FileColumn = "文件中的列";
    public const string SampleHeading = "示例";
    public const string FieldHeading = "字段";
    public const string Undecided = "请选择";
    public const string NotLoaded = "不导入";
    public const string RowHeading = "行号";
    public const string CheckHeading = "检查";
    public const string GoodWord = "正常";
    public const string BadWord = "有误";
    public const string ModeLabel = "有误的行怎么办";
    public const string GoodRowsMode = "先导入正确的行";
    public const string GoodRowsNote = "有误的行保留下来，可以下载更正后再导入。";
    public const string WholeMode = "全部正确才导入";
    public const string WholeNote = "只要有一行有误，就一行也不写入。";
    public const string PurposeLabel = "用途";
    public const string PurposeHint = "写明为什么导入，会记入每条记录的历史。";
    public const string StartLoad = "开始导入";
    public const string Discard = "放弃";
    public const string CancelLoad = "取消导入";
    public const string Cancelling = "正在取消，当前一批写完后停止。";
    public const string ReadWord = "读取";
    public const string NewWord = "新增";
    public const string ChangedWord = "更新";
    public const string UnchangedWord = "无变化";
    public const string BadRowsWord = "有误";
    public const string RowUnit = "行";
    public const string RejectsTitle = "有误的行";
    public const string RejectsXlsx = "下载 Excel";
    public const string RejectsCsv = "下载 CSV";
    public const string LoadCorrected = "导入更正后的文件";
    public const string ReasonHeading = "原因";
    public const string CodeHeading = "代码";
    public const string AboutTitle = "关于这次导入";
    public const string WhoLabel = "经办";
    public const string StartedLabel = "开始时间";
    public const string EndedLabel = "结束时间";
    public const string ToRecords = "查看数据";
    public const string StateHeading = "状态";
    public const string ResultHeading = "结果";

    public static string UploadTitle(string name) => $"导入{name}";

    public static string JobTitle(string file) => $"导入 {file}";

    public static string PreviewTitle(int rows) => $"前 {rows} 行";

    public static string Size(long bytes) => bytes < 1 << 20 ? $"{Math.Max(1, bytes >> 10)} KB" : $"{bytes / 1048576.0:0.0} MB";

    public static string Cut(string cell) => cell.Length <= 40 ? cell : cell[..40] + "…";

    public static string SoFar(LoadCounts counts) =>
        $"已读取 {counts.Read:N0} 行，新增 {counts.New:N0}，更新 {counts.Changed:N0}，无变化 {counts.Unchanged:N0}，有误 {counts.Bad:N0}";

    public static string Outcome(LoadJob job) => job.State == LoadState.Cancelled
        ? $"已取消。取消之前写入的 {job.Counts.New + job.Counts.Changed:N0} 条记录保留。"
        : job.Counts.Bad > 0
            ? $"正确的行已导入；还有 {job.Counts.Bad:N0} 行有误，请下载更正后再导入。"
            : job.Counts.New + job.Counts.Changed == 0
                ? "文件内容与现有数据完全一致，没有任何变化。"
                : "全部行已导入。";

    public static string RejectsLead(int shown, long all) =>
        shown < all ? $"共 {all:N0} 行，这里显示前 {shown} 行；下载的文件包含全部，带原因和行号，更正后可直接再导入。" : "下载的文件带原因和行号，更正后可直接再导入。";

    public const string Usage =
        """
        用法：shali load 资源 文件 [--url http://127.0.0.1:8080] [--token-file 文件] [--mode good-rows|all-or-nothing]
              [--encoding utf-8|gb18030|utf-16] [--header true|false] [--sheet 工作表] [--delimiter ,|;|tab]
              [--purpose 用途] [--ignore 列名] [--rejects 文件]
        """;

    public static string NoFile(string path) => $"没有找到文件 {path}。";

    public static string NoAnswer(Uri url, string reason) => $"{url} 没有应答：{reason}";

    public static string Declined(int status, IEnumerable<string> sentences) => $"没有接受（{status}）：{string.Join(' ', sentences)}";

    public static string RejectsAt(long bad, string path) => $"{bad} 行有误，已保存到 {path}，更正后可再次导入。";

    public const string OutOfScope = "不在您的数据权限范围内，不能导入。";
}
